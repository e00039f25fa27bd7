package dustwarden.core;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.judge.Reason;
import dustwarden.core.judge.Subject;
import dustwarden.core.judge.Subject.Standing;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a spray's run came to, or a person's word to a spray.
 *
 * @param kind of the finding that it becomes, with {@code numbers} in it
 * @param effective whether the run lowered the dust; empty where the act says nothing of that
 */
record SprayAct(String site, String device, String kind, Optional<Boolean> effective, TreeMap<String, Object> numbers) {
    /** @throws IllegalArgumentException with what is missing */
    static SprayAct read(JsonNode node, String word, String person, String text) {
        String site = node.path("site").asText("");
        String device = node.path("device").asText("");
        if (site.isBlank() || device.isBlank()) {
            throw new IllegalArgumentException("the act names no site and device");
        }
        return word.equals("override") ? override(node, site, device, person, text) : effect(node, site, device);
    }

    private static SprayAct override(JsonNode node, String site, String device, String person, String text) {
        String mode = node.path("mode").asText("");
        boolean auto = mode.equals("auto");
        if (!auto && (!Set.of("on", "off").contains(mode) || !isTime(node.path("until").asText("")))) {
            throw new IllegalArgumentException("a spray is turned on or off until a time, or left to itself with auto");
        }
        TreeMap<String, Object> numbers = new TreeMap<>();
        numbers.put("mode", mode);
        numbers.put("person", person);
        numbers.put("text", text);
        if (!auto) {
            numbers.put("until", node.path("until").asText());
        }
        return new SprayAct(site, device, "spray-override", Optional.empty(), numbers);
    }

    private static SprayAct effect(JsonNode node, String site, String device) {
        if (!node.path("effective").isBoolean()) {
            throw new IllegalArgumentException("effective is true or false");
        }
        TreeMap<String, Object> numbers = new TreeMap<>();
        node.path("numbers").fields().forEachRemaining(n -> numbers.put(
                n.getKey(), n.getValue().isNumber() ? (Object) n.getValue().asDouble() : n.getValue().asText()));
        numbers.put("cause", node.path("cause").asText("effect"));
        boolean good = node.path("effective").asBoolean();
        return new SprayAct(site, device, good ? "spray-effect" : "spray-without-effect", Optional.of(good), numbers);
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** How the spray stands under the alarm of its effect; empty where the act says nothing of it. */
    Optional<Subject> subject() {
        return effective.map(good -> new Subject(device, good ? Standing.IN_ORDER : Standing.BROKEN, good ? 0 : 1,
                OptionalDouble.empty(), OptionalDouble.empty(), good ? List.of() : List.of(reason())));
    }

    private Reason reason() {
        TreeMap<String, Object> params = new TreeMap<>(numbers);
        params.keySet().retainAll(Set.of("after", "before", "reference", "monitor"));
        params.put("device", device);
        return new Reason("unanswered".equals(numbers.get("cause")) ? "spray-unanswered" : "spray-without-effect", params);
    }
}
