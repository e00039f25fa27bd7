package dustwarden.intake;

import dustwarden.core.model.Text;

/** What the journal's writer is about; the sentence is for a person. */
public record WriterState(Kind kind, Text sentence) {
    /** Kinds of state. */
    public enum Kind {
        RUNNING,
        /** A commit fails and is tried again; nothing is acknowledged and the inbox fills up. */
        STALLED,
        STOPPED
    }

    static WriterState running() {
        return new WriterState(Kind.RUNNING, new Text("日志正常写入", "the journal is being written"));
    }

    static WriterState stalled(String why) {
        return new WriterState(
                Kind.STALLED, new Text("日志无法写入，暂停接收：" + why, "the journal cannot be written, intake waits: " + why));
    }

    static WriterState stopped(String why) {
        return new WriterState(Kind.STOPPED, new Text("日志已停止：" + why, "the journal has stopped: " + why));
    }
}
