package dustwarden.core;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One entry of the journal: all that the core ever reads.
 *
 * <p>{@code received} is epoch milliseconds and never runs backwards along a journal.
 */
public sealed interface Entry {
    long received();

    /** Where an entry came from, a label of metrics. */
    enum Source {
        MQTT,
        HJ212,
        HTTP,
        ACT,
        TICK,
        OWN
    }

    Source source();

    /**
     * A message on a topic, over MQTT or the HTTP intake, as it came.
     *
     * @param retained delivered with the retain flag: old news, which does not count as hearing the device
     * @param oversize set where the payload was too large to keep; then {@code payload} is its first KiB
     */
    record Message(long received, Source source, String topic, byte[] payload, boolean retained, Optional<Oversize> oversize)
            implements Entry {
        @Override
        public boolean equals(Object other) {
            return other instanceof Message m
                    && received == m.received
                    && source == m.source
                    && topic.equals(m.topic)
                    && Arrays.equals(payload, m.payload)
                    && retained == m.retained
                    && oversize.equals(m.oversize);
        }

        @Override
        public int hashCode() {
            return topic.hashCode() * 31 + Arrays.hashCode(payload);
        }
    }

    /** The length in bytes and SHA-256 (hex) of a payload that was not kept. */
    record Oversize(long length, String sha256) {}

    /**
     * An HJ 212 frame with its password replaced by a keyed hash.
     *
     * @param peer address of the sender
     * @param frame the frame without line end
     * @param note what intake saw of the frame as received that the replacement hides, as {@code core.decode} wrote it
     */
    record Frame(long received, String peer, byte[] frame, String note) implements Entry {
        @Override
        public Source source() {
            return Source.HJ212;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Frame f
                    && received == f.received
                    && peer.equals(f.peer)
                    && Arrays.equals(frame, f.frame)
                    && note.equals(f.note);
        }

        @Override
        public int hashCode() {
            return peer.hashCode() * 31 + Arrays.hashCode(frame);
        }
    }

    /** A person's act, as canonical JSON with the key {@code act}. */
    record Act(long received, String json) implements Entry {
        @Override
        public Source source() {
            return Source.ACT;
        }
    }

    /** An intake went down or came up, for example {@code mqtt}. */
    record Link(long received, String name, boolean up) implements Entry {
        @Override
        public Source source() {
            return Source.OWN;
        }
    }

    /** Time passed. */
    record Tick(long received) implements Entry {
        @Override
        public Source source() {
            return Source.TICK;
        }
    }

    /**
     * A start of the system: from here on this core version judges, with these contents.
     *
     */
    record Resumed(long received, String coreVersion, List<ContentRef> contents) implements Entry {
        public Resumed {
            contents = List.copyOf(contents);
        }

        @Override
        public Source source() {
            return Source.OWN;
        }
    }

    /** Register, rulebooks, profiles or settings that judge changed while running; lists all that is in force from here. */
    record Changed(long received, List<ContentRef> contents) implements Entry {
        public Changed {
            contents = List.copyOf(contents);
        }

        @Override
        public Source source() {
            return Source.OWN;
        }
    }

    /**
     * A piece of content that judges, by its hash.
     *
     * @param kind {@code site}, {@code rulebook}, {@code profile} or {@code settings}
     * @param name its id
     * @param sha256 hex of its canonical JSON
     */
    record ContentRef(String kind, String name, String sha256) {}
}
