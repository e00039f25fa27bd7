package dustwarden.core.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dustwarden.core.decode.OwnTopic.OfDevice;
import dustwarden.core.decode.OwnTopic.OfRegion;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind.Stream;
import dustwarden.core.model.Register;
import dustwarden.core.model.Site;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads payloads of our own format.
 *
 * <p>A payload is refused as a whole, with one answer, for (in this precedence): {@code too-large}, {@code wrong-topic},
 * {@code unknown-site}, {@code unknown-device}, {@code wrong-topic} where the device's kind does not send the stream,
 * {@code not-utf8}, {@code not-json} (also a repeated key, NaN, anything after the value, an empty payload, nesting
 * beyond {@value JsonBytes#DEPTH_MAX}), {@code too-many}, {@code missing-field} for an empty array, {@code wrong-type}
 * for a body that is neither object nor array. Otherwise each element gets its own answer, refused for the first that
 * applies of {@code not-utf8} (half a surrogate pair in a kept text), {@code wrong-type} (also a word that is none of
 * a closed set), {@code missing-field}, {@code out-of-range} (also a text over 256 characters), {@code unknown-unit},
 * {@code time-future}, {@code time-ancient}. One bad value refuses its element.
 */
public final class OwnDecoder {
    public static final int PAYLOAD_BYTES_MAX = 65_536;
    public static final int ELEMENTS_MAX = 1_000;

    private interface Element {
        Decoded read(JsonParser parser) throws IOException;
    }

    private OwnDecoder() {}

    /**
     * What a payload on any topic below {@code dust/v1/} becomes.
     *
     * @param oversizeBytes the true length where {@code payload} is only the beginning
     * @param received epoch ms
     */
    public static List<Decoded> decode(
            Register register, String topic, byte[] payload, OptionalLong oversizeBytes, long received) {
        if (oversizeBytes.isPresent() || payload.length > PAYLOAD_BYTES_MAX) {
            return tooLarge(oversizeBytes.orElse(payload.length));
        }
        Optional<OwnTopic> parsed = OwnTopic.parse(topic);
        if (parsed.isEmpty()) {
            return List.of(Refusal.WRONG_TOPIC.because("the topic is none of ours"));
        }
        if (parsed.get() instanceof OfRegion region) {
            return region(region, payload, OptionalLong.of(received));
        }
        OfDevice of = (OfDevice) parsed.get();
        Optional<Site> site = register.site(of.site());
        if (site.isEmpty()) {
            return List.of(Refusal.UNKNOWN_SITE.because("no site " + of.site() + " is registered"));
        }
        for (Device device : site.get().devices()) {
            if (device.id().equals(of.device())) {
                return decode(site.get(), device, of.stream(), payload, received);
            }
        }
        return List.of(Refusal.UNKNOWN_DEVICE.because("site " + of.site() + " has no device " + of.device()));
    }

    /** What a registered device's payload becomes, by whatever way it came; it is not larger than may be. */
    public static List<Decoded> decode(Site site, Device device, Stream stream, byte[] payload, long received) {
        if (!device.kind().sends(stream)) {
            return List.of(Refusal.WRONG_TOPIC.because(
                    "a device of kind " + device.kind().wire() + " does not send " + stream.wire()));
        }
        return elements(payload, new OwnElement(OwnSender.of(site, device, received), stream)::read);
    }

    /**
     * What a payload becomes where there is no register and no clock: every site, device, unit and time is taken.
     *
     * @param topic without it, the stream is the first that takes all of the payload, or refuses it least early
     */
    public static List<Decoded> decodeAlone(Optional<String> topic, byte[] payload) {
        if (payload.length > PAYLOAD_BYTES_MAX) {
            return tooLarge(payload.length);
        }
        if (topic.isPresent()) {
            Optional<OwnTopic> parsed = OwnTopic.parse(topic.get());
            if (parsed.isEmpty()) {
                return List.of(Refusal.WRONG_TOPIC.because("the topic is none of ours"));
            }
            return parsed.get() instanceof OfDevice of
                    ? alone(of, payload)
                    : region((OfRegion) parsed.get(), payload, OptionalLong.empty());
        }
        List<Decoded> best = List.of();
        long bestAccepted = -1;
        for (Stream stream : Stream.values()) {
            List<Decoded> tried = alone(new OfDevice("site", "device", stream), payload);
            long accepted = tried.stream().filter(Decoded.Accepted.class::isInstance).count();
            if (accepted > bestAccepted) {
                best = tried;
                bestAccepted = accepted;
            }
        }
        return best;
    }

    private static List<Decoded> alone(OfDevice of, byte[] payload) {
        OwnSender sender =
                new OwnSender(of.site(), of.device(), Optional.empty(), Optional.empty(), OptionalLong.empty());
        return elements(payload, new OwnElement(sender, of.stream())::read);
    }

    private static List<Decoded> region(OfRegion of, byte[] payload, OptionalLong received) {
        return elements(payload, new RegionElement(of, received)::read);
    }

    private static List<Decoded> tooLarge(long bytes) {
        return List.of(Refusal.TOO_LARGE.because(
                "the payload has " + bytes + " bytes, at most " + PAYLOAD_BYTES_MAX + " are taken"));
    }

    private static List<Decoded> elements(byte[] payload, Element element) {
        boolean plain = JsonBytes.isPlain(payload);
        if (!plain && !JsonBytes.isUtf8(payload)) {
            return List.of(Refusal.NOT_UTF8.because("the payload is not UTF-8"));
        }
        if (!plain && JsonBytes.hasZero(payload)) {
            return List.of(Refusal.NOT_JSON.because("the payload has a zero byte"));
        }
        try (JsonParser parser = JsonBytes.parser(payload)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return List.of(Refusal.NOT_JSON.because("the payload is empty"));
            }
            List<Decoded> all = switch (first) {
                case START_OBJECT -> List.of(element.read(parser));
                case START_ARRAY -> array(parser, element);
                default -> {
                    JsonBytes.skip(parser);
                    yield List.of(Refusal.WRONG_TYPE.because("the body is neither an object nor an array"));
                }
            };
            if (parser.nextToken() != null) {
                return List.of(Refusal.NOT_JSON.because("something follows the JSON value"));
            }
            return all;
        } catch (JsonBytes.RepeatedKey e) {
            return List.of(Refusal.NOT_JSON.because(e.getMessage()));
        } catch (IOException e) {
            return List.of(Refusal.NOT_JSON.because("the payload is not one JSON value"));
        }
    }

    private static List<Decoded> array(JsonParser parser, Element element) throws IOException {
        List<Decoded> all = new ArrayList<>();
        int count = 0;
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            if (token == null) {
                throw new IOException("the text ends within the array");
            }
            if (++count > ELEMENTS_MAX) {
                JsonBytes.skip(parser);
            } else if (token == JsonToken.START_OBJECT) {
                all.add(element.read(parser));
            } else {
                JsonBytes.skip(parser);
                all.add(Refusal.WRONG_TYPE.because("an element of the array is not an object"));
            }
        }
        if (count > ELEMENTS_MAX) {
            return List.of(Refusal.TOO_MANY.because(
                    "the array has " + count + " elements, at most " + ELEMENTS_MAX + " are taken"));
        }
        return count == 0 ? List.of(Refusal.MISSING_FIELD.because("the array is empty")) : all;
    }
}
