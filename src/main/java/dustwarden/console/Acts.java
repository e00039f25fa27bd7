package dustwarden.console;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Takes what a person does about an alarm, and answers when it is in the journal and judged. */
public interface Acts {
    enum Kind {
        ACKNOWLEDGE,
        SHELVE,
        RECTIFY,
        VERIFY,
        UNSHELVE,
        COMMENT,
        OBJECT;

        /** As in the address and in the journal. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param person as the journal names who acts
     * @param version refused unless the alarm is still at it
     */
    record Act(
            Kind kind,
            String alarm,
            String person,
            String text,
            Optional<Instant> until,
            List<String> pictures,
            OptionalLong version) {
        public Act {
            if (person.isBlank()) {
                throw new IllegalArgumentException("person must not be blank");
            }
            pictures = List.copyOf(pictures);
        }

        Act atVersion(long seen) {
            return new Act(kind, alarm, person, text, until, pictures, OptionalLong.of(seen));
        }
    }

    /** What a person may file of a site. */
    enum FilingKind {
        OUTAGE("outage"),
        WORK_FACE("work-face"),
        WAIVE("waive"),
        APPROVE("approve"),
        UNWAIVE("unwaive"),
        OBJECT("object");

        private final String word;

        FilingKind(String word) {
            this.word = word;
        }

        /** As in the journal. */
        public String word() {
            return word;
        }
    }

    /** @param fields as the journal keeps them beside {@code act}; times as epoch ms */
    record Filing(FilingKind kind, JsonObject fields) {}

    /** What became of it. */
    sealed interface Outcome {
        /** @param alarm as it is after the act */
        record Done(JsonObject alarm) implements Outcome {}

        record NoSuchAlarm() implements Outcome {}

        /** @param why in words: the alarm is in a state, or at a version, that forbids it */
        record NotNow(String why) implements Outcome {}

        /** @param why in words: the alarm is no longer at the version that the person saw */
        record Stale(String why) implements Outcome {}

        /** @param why in words: what the act names is not there */
        record NoSuchThing(String why) implements Outcome {}

        /** @param why in words: the act itself is wrong */
        record Wrong(String why) implements Outcome {}
    }

    Future<Outcome> act(Act act);

    /** {@link Outcome.Done} holds what was filed. */
    Future<Outcome> file(Filing filing);
}
