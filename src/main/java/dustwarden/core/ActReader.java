package dustwarden.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dustwarden.core.alarm.AlarmAct;
import dustwarden.core.alarm.Waiver;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a person's act from its JSON; what cannot be read is refused with a named reason. */
final class ActReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TEXT_CHARS_MAX = 4_096;
    private static final int WORD_CHARS_MAX = 256;
    private static final int PICTURES_MAX = 20;
    private static final int PICTURE_CHARS_MAX = 1_024;
    /** 9999-12-31 and the start of 1970: what lies outside is no time of an act. */
    private static final long TIME_MAX = 253_402_300_799_000L;

    /** Why an act cannot be read. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;
        private final String reason;

        Unreadable(String reason, String detail) {
            super(detail, null, false, false);
            this.reason = reason;
        }
    }

    private final JsonNode node;

    private ActReader(JsonNode node) {
        this.node = node;
    }

    static Act read(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            if (!node.isObject()) {
                return new Act.Wrong("wrong-type", "an act is a JSON object");
            }
            return new ActReader(node).act();
        } catch (JsonProcessingException e) {
            return new Act.Wrong("not-json", "the act is not JSON");
        } catch (Unreadable e) {
            return new Act.Wrong(e.reason, e.getMessage());
        }
    }

    private Act act() throws Unreadable {
        String word = word("act").orElse("");
        String person = needed("person");
        Optional<String> text = text();
        switch (word) {
            case "outage":
                return outage(person, text.orElse(""));
            case "work-face":
                return face(person, text.orElse(""));
            case "waive":
                return waive(person, text.orElse(""));
            case "approve":
                return new Act.GrantWaiver(word("site"), needed("waiver"), person);
            case "unwaive":
                return new Act.EndWaiver(word("site"), needed("waiver"), person);
            case "object":
                return objection(person, text.orElse(""));
            case "channel":
                return channel(text.orElse(""));
            case "effect", "override":
                return ofSpray(word, person, text.orElse(""));
            default:
                AlarmAct.Kind kind = AlarmAct.Kind.ofWire(word)
                        .orElseThrow(() -> new Unreadable("unsupported", "there is no act " + word));
                return new Act.OnAlarm(
                        new AlarmAct(kind, needed("alarm"), person, text, time("until"), pictures(), version()));
        }
    }

    private Act ofSpray(String word, String person, String text) throws Unreadable {
        try {
            return new Act.OfSpray(SprayAct.read(node, word, person, text));
        } catch (IllegalArgumentException e) {
            throw new Unreadable("missing-field", e.getMessage());
        }
    }

    private Act channel(String answer) throws Unreadable {
        if (!node.path("works").isBoolean()) {
            throw new Unreadable("missing-field", "works is true or false");
        }
        return new Act.OfChannel(needed("channel"), node.path("works").asBoolean(), answer);
    }

    private Act outage(String person, String text) throws Unreadable {
        String device = needed("device");
        long from = neededTime("from");
        long to = end(OptionalLong.of(from));
        int slash = device.indexOf('/');
        Optional<String> site = slash < 0 ? word("site") : Optional.of(device.substring(0, slash));
        return new Act.FileOutage(site, device.substring(slash + 1), from, to, person, text);
    }

    private Act face(String person, String text) throws Unreadable {
        OptionalLong from = time("from");
        return new Act.DeclareFace(word("site"), needed("unit"), from, end(from), person, text);
    }

    private Act waive(String person, String text) throws Unreadable {
        String reason = needed("reason");
        if (!Waiver.REASONS.contains(reason)) {
            throw new Unreadable("out-of-range", "the reason of a waiver is one of " + String.join(", ", Waiver.REASONS));
        }
        if (text.isBlank()) {
            throw new Unreadable("missing-field", "a waiver says under text what is to be done");
        }
        OptionalLong from = time("from");
        return new Act.AskWaiver(word("site"), reason, new Waiver.Scope(word("device"), word("rule"), word("unit")), from, end(from),
                person, text);
    }

    private Act objection(String person, String text) throws Unreadable {
        if (text.isBlank()) {
            throw new Unreadable("missing-field", "an objection needs words under text");
        }
        Optional<String> verdict = word("verdict");
        return verdict.isPresent()
                ? new Act.Object(word("site"), verdict.get(), person, text, pictures())
                : new Act.OnAlarm(new AlarmAct(AlarmAct.Kind.OBJECT, needed("alarm"), person, Optional.of(text), OptionalLong.empty(),
                        pictures(), version()));
    }

    private String needed(String key) throws Unreadable {
        return word(key).filter(w -> !w.isBlank())
                .orElseThrow(() -> new Unreadable("missing-field", "the act has no " + key));
    }

    private Optional<String> word(String key) throws Unreadable {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new Unreadable("wrong-type", key + " is a text");
        }
        if (value.textValue().length() > WORD_CHARS_MAX) {
            throw new Unreadable("out-of-range", key + " has at most " + WORD_CHARS_MAX + " characters");
        }
        return Optional.of(value.textValue());
    }

    private Optional<String> text() throws Unreadable {
        JsonNode value = node.path("text");
        if (!value.isTextual()) {
            return Optional.empty();
        }
        if (value.textValue().length() > TEXT_CHARS_MAX) {
            throw new Unreadable("out-of-range", "the text of an act has at most " + TEXT_CHARS_MAX + " characters");
        }
        return Optional.of(value.textValue());
    }

    private List<String> pictures() throws Unreadable {
        List<String> found = new ArrayList<>();
        JsonNode value = node.path("pictures");
        if (value.isMissingNode() || value.isNull()) {
            return found;
        }
        if (!value.isArray() || value.size() > PICTURES_MAX) {
            throw new Unreadable(value.isArray() ? "too-many" : "wrong-type", "pictures are a list of at most " + PICTURES_MAX);
        }
        for (JsonNode each : value) {
            if (!each.isTextual() || each.textValue().length() > PICTURE_CHARS_MAX) {
                throw new Unreadable(each.isTextual() ? "out-of-range" : "wrong-type",
                        "a picture is an address of at most " + PICTURE_CHARS_MAX + " characters");
            }
            found.add(each.textValue());
        }
        return found;
    }

    private OptionalLong version() throws Unreadable {
        JsonNode value = node.path("version");
        if (value.isMissingNode() || value.isNull()) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new Unreadable("wrong-type", "version is a whole number");
        }
        return OptionalLong.of(value.longValue());
    }

    private long neededTime(String key) throws Unreadable {
        OptionalLong found = time(key);
        if (found.isEmpty()) {
            throw new Unreadable("missing-field", "the act has no " + key);
        }
        return found.getAsLong();
    }

    /** The end, under {@code to} or {@code until}. */
    private long end(OptionalLong from) throws Unreadable {
        OptionalLong to = node.hasNonNull("to") ? time("to") : time("until");
        if (to.isEmpty()) {
            throw new Unreadable("missing-field", "the act has no to");
        }
        if (from.isPresent() && to.getAsLong() <= from.getAsLong()) {
            throw new Unreadable("out-of-range", "the end must be after the start");
        }
        return to.getAsLong();
    }

    private OptionalLong time(String key) throws Unreadable {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalLong.empty();
        }
        long at = 0;
        try {
            at = value.isIntegralNumber() && value.canConvertToLong()
                    ? value.longValue()
                    : OffsetDateTime.parse(value.asText()).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new Unreadable("wrong-type", key + " is a time such as 2026-03-14T09:00:00+08:00");
        }
        if (at < 0 || at > TIME_MAX) {
            throw new Unreadable("out-of-range", key + " lies outside the years 1970 to 9999");
        }
        return OptionalLong.of(at);
    }
}
