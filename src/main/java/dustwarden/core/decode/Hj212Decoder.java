package dustwarden.core.decode;

import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Register;
import dustwarden.core.model.Register.DeviceKey;
import dustwarden.core.model.Site;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What HJ 212 frames become: a {@link Observation.Reading} from CN 2011, an {@link Observation.Interval} from 2051,
 * 2061 and 2031, nothing for us from all else, which is accepted with the reason why it is ignored.
 *
 * <p>Refused are {@code malformed} frames, {@code crc} wrong or missing, {@code length} absent or far off, then
 * {@code unknown-mn}, {@code bad-password}, {@code unsupported} (the MN is of a device that is no monitor),
 * {@code time-future} and {@code time-ancient}. A value out of its range is left out and told; the frame holds.
 * Where a device is {@code strict}, what would be tolerated is refused: {@code length}, {@code crc} or
 * {@code malformed} by what it concerns.
 */
public final class Hj212Decoder {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Set<String> SYSTEMS = Set.of("39", "22", "31", "23");

    /**
     * What a frame became.
     *
     * @param sender the registered device, where the frame named one
     * @param frame the frame taken apart, where its envelope was in order
     */
    public record Result(Decoded decoded, Optional<DeviceKey> sender, Optional<Hj212Frame> frame) {}

    /** Whose frame it is, and how its values are to be read. */
    record Context(String site, String device, ZoneId zone, Map<String, Double> scale, OptionalLong received,
            OptionalLong intervalMs) {}

    private Hj212Decoder() {}

    /**
     * What a journaled frame becomes.
     *
     * @param sealed the frame without its password
     * @param note as {@link Hj212Seal#seal} wrote it
     * @param received epoch ms
     */
    public static Result decode(byte[] sealed, String note, Register register, long received) {
        Hj212Frame.Parsed parsed = Hj212Frame.parse(sealed, Hj212Note.parse(note));
        if (parsed.rejected().isPresent()) {
            return new Result(parsed.rejected().get(), Optional.empty(), Optional.empty());
        }
        Hj212Frame frame = parsed.frame().orElseThrow();
        Optional<DeviceKey> sender = register.byMn(frame.mn());
        Optional<Site> site = sender.flatMap(key -> register.site(key.site()));
        Optional<Device> device = site.flatMap(s -> s.device(sender.get().device()));
        if (device.isEmpty()) {
            return new Result(
                    Refusal.UNKNOWN_MN.because("no registered device has its MN"), Optional.empty(), parsed.frame());
        }
        Device.Hj212 settings = device.get().hj212().orElseThrow();
        Optional<String> hash = settings.passwordHash();
        Decoded decoded;
        if (hash.isPresent() && !hash.get().equals(frame.get("PW"))) {
            decoded = Refusal.BAD_PASSWORD.because("the password is not the device's");
        } else if (device.get().kind() != DeviceKind.MONITOR) {
            decoded = Refusal.UNSUPPORTED.because("the MN is of a device that is no monitor");
        } else {
            Context context = new Context(
                    site.get().id(), device.get().id(), site.get().zone(), settings.scale(), OptionalLong.of(received),
                    settings.intervalMs());
            decoded = observe(frame, context, settings.strict());
        }
        return new Result(decoded, sender, parsed.frame());
    }

    /** What a frame as received becomes where there is no register and no clock: every MN, password and time is taken. */
    public static Decoded decodeRaw(byte[] frame, boolean strict) {
        Hj212Frame.Parsed parsed = Hj212Frame.parse(frame, Hj212Note.of(frame));
        if (parsed.rejected().isPresent()) {
            return parsed.rejected().get();
        }
        Hj212Frame taken = parsed.frame().orElseThrow();
        String mn = taken.mn().isEmpty() ? "?" : taken.mn();
        return observe(taken, new Context("", mn, CHINA, Map.of(), OptionalLong.empty(), OptionalLong.empty()), strict);
    }

    /** As {@link #decodeRaw(byte[], boolean)}, of one line of text. */
    public static Decoded decodeRaw(String frame) {
        return decodeRaw(frame.getBytes(StandardCharsets.UTF_8), false);
    }

    private static Decoded observe(Hj212Frame frame, Context context, boolean strict) {
        Decoded decoded = observe(frame, context);
        if (strict && decoded instanceof Decoded.Accepted && !frame.tolerated().isEmpty()) {
            String first = frame.tolerated().iterator().next();
            Refusal refusal = first.startsWith("length") ? Refusal.LENGTH
                    : first.startsWith("crc") ? Refusal.CRC
                    : Refusal.MALFORMED;
            return refusal.because("the device is strict and the frame deviates: " + String.join(", ", frame.tolerated()));
        }
        return decoded;
    }

    private static Decoded observe(Hj212Frame frame, Context context) {
        boolean ours = SYSTEMS.contains(frame.get("ST"));
        return switch (frame.cn()) {
            case "2011", "2051", "2061", "2031" -> new Hj212Moments(frame, context).read(ours);
            default -> Hj212Moments.nothing(frame, ours ? "its CN carries nothing that is judged" : Hj212Moments.NO_SYSTEM);
        };
    }
}
