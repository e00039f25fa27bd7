package dustwarden.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dustwarden.core.alarm.AlarmState.ActKind;
import dustwarden.core.judge.Outage;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a person's act from its JSON. */
final class ActReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TEXT_CHARS_MAX = 4_000;

    /** What an act is. */
    sealed interface Act {
        /** About an alarm. */
        record OnAlarm(AlarmAct act) implements Act {}

        /** A filed outage; {@code site} where the act names it. */
        record Filed(Optional<String> site, Outage outage) implements Act {}

        /** None that can be read. */
        record Wrong(String reason, String detail) implements Act {}
    }

    private ActReader() {}

    static Act read(String json) {
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return new Act.Wrong("not-json", "the act is not JSON");
        }
        String word = node.path("act").asText("");
        String person = node.path("person").asText("");
        Optional<String> text = node.path("text").isTextual() ? Optional.of(node.path("text").asText()) : Optional.empty();
        if (person.isBlank() || person.length() > 256) {
            return new Act.Wrong("missing-field", "an act names the person who does it, in at most 256 characters");
        }
        if (text.isPresent() && text.get().length() > TEXT_CHARS_MAX) {
            return new Act.Wrong("out-of-range", "the text of an act has at most " + TEXT_CHARS_MAX + " characters");
        }
        if (word.equals("outage")) {
            return outage(node, person, text.orElse(""));
        }
        Optional<ActKind> kind = ActKind.ofWire(word);
        if (kind.isEmpty()) {
            return new Act.Wrong("unsupported", "there is no act " + word);
        }
        String alarm = node.path("alarm").asText("");
        if (alarm.isBlank()) {
            return new Act.Wrong("missing-field", "the act names no alarm");
        }
        OptionalLong until = time(node.path("until"));
        OptionalLong version = node.path("version").isIntegralNumber()
                ? OptionalLong.of(node.path("version").asLong())
                : OptionalLong.empty();
        return new Act.OnAlarm(new AlarmAct(kind.get(), alarm, person, text, until, version));
    }

    private static Act outage(JsonNode node, String person, String text) {
        String device = node.path("device").asText("");
        OptionalLong from = time(node.path("from"));
        OptionalLong to = time(node.path("to"));
        if (device.isBlank() || from.isEmpty() || to.isEmpty() || to.getAsLong() <= from.getAsLong()) {
            return new Act.Wrong("missing-field", "an outage names device, from and to, the end after the start");
        }
        Optional<String> site = node.path("site").isTextual() ? Optional.of(node.path("site").asText()) : Optional.empty();
        String id = device.contains("/") ? device.substring(device.indexOf('/') + 1) : device;
        Optional<String> named = device.contains("/") ? Optional.of(device.substring(0, device.indexOf('/'))) : site;
        return new Act.Filed(named, new Outage(id, from.getAsLong(), to.getAsLong(), person, text));
    }

    private static OptionalLong time(JsonNode node) {
        if (node.isIntegralNumber()) {
            return OptionalLong.of(node.asLong());
        }
        try {
            return node.isTextual()
                    ? OptionalLong.of(OffsetDateTime.parse(node.asText()).toInstant().toEpochMilli())
                    : OptionalLong.empty();
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }
}
