package dustwarden.console;

import io.vertx.core.Future;
import java.util.List;

/** What a link in a notice may do: show an alarm to its receiver, and acknowledge it once. */
public interface Acknowledging {
    /** What a person reads of the alarm, in both languages, and in whose name it would be acknowledged. */
    record Asked(String receiver, Words zh, Words en) {}

    /** One alarm of a message that told of several. @param token of its own link. @param used it was acknowledged by it */
    record Choice(String token, Words zh, Words en, boolean used) {}

    /** A title and lines. */
    record Words(String title, List<String> lines) {
        public Words {
            lines = List.copyOf(lines);
        }
    }

    /** How a link stands. */
    sealed interface Answer {
        /** It may be used. */
        record Ask(Asked asked) implements Answer {}

        /** It opens several, each of which may be acknowledged by itself, or all at once. */
        record Choose(String receiver, List<Choice> choices) implements Answer {
            public Choose {
                choices = List.copyOf(choices);
            }
        }

        /** It was used now, and the alarm is acknowledged. */
        record Done() implements Answer {}

        /** Somebody was faster, or the alarm is over. */
        record Over() implements Answer {}

        record Used() implements Answer {}

        record Expired() implements Answer {}

        record Forged() implements Answer {}

        /** The journal takes nothing at present; the link stays good. */
        record Later() implements Answer {}
    }

    /** Changes nothing: chat programs open links by themselves to show what is behind them. */
    Future<Answer> look(String token);

    Future<Answer> acknowledge(String token);
}
