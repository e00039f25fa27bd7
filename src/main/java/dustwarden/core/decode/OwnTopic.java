package dustwarden.core.decode;

import dustwarden.core.model.DeviceKind.Stream;
import java.util.Optional;

/** A topic of our own: {@code dust/v1/{site}/{device}/{stream}} or {@code dust/v1/region/{region}/background|order}. */
public sealed interface OwnTopic {
    String PREFIX = "dust/v1/";
    /** The reserved site id. */
    String REGION = "region";
    int ID_CHARS_MAX = 32;

    /** A device's topic; the ids have the right form, whether they are registered is another matter. */
    record OfDevice(String site, String device, Stream stream) implements OwnTopic {}

    /** A region's topic, which is no device's. */
    record OfRegion(String region, RegionStream stream) implements OwnTopic {}

    /** What is said of a region. */
    enum RegionStream {
        BACKGROUND,
        ORDER
    }

    /** Empty where the topic is not ours. */
    static Optional<OwnTopic> parse(String topic) {
        if (!topic.startsWith(PREFIX)) {
            return Optional.empty();
        }
        int second = topic.indexOf('/', PREFIX.length());
        int third = second < 0 ? -1 : topic.indexOf('/', second + 1);
        if (third < 0) {
            return Optional.empty();
        }
        String first = topic.substring(PREFIX.length(), second);
        String middle = topic.substring(second + 1, third);
        String last = topic.substring(third + 1);
        if (!isId(first) || !isId(middle)) {
            return Optional.empty();
        }
        if (!first.equals(REGION)) {
            return Stream.ofWire(last).map(stream -> new OfDevice(first, middle, stream));
        }
        return switch (last) {
            case "background" -> Optional.of(new OfRegion(middle, RegionStream.BACKGROUND));
            case "order" -> Optional.of(new OfRegion(middle, RegionStream.ORDER));
            default -> Optional.empty();
        };
    }

    /** Whether a text is {@code [a-z0-9][a-z0-9-]{0,31}}. */
    static boolean isId(String text) {
        if (text.isEmpty() || text.length() > ID_CHARS_MAX || text.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
                return false;
            }
        }
        return true;
    }
}
