package dustwarden.core.decode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Frames that we send, as the 2017 edition's table C writes them. */
public final class Hj212Answer {
    private static final Set<String> INTERACTION = Set.of("9011", "9012", "9013", "9014");
    /** What only the platform may ask for; 1014 asks for a key, which we have none of. */
    private static final Set<String> REQUESTS = Set.of(
            "1000", "1002", "1012", "1062", "1064", "1072", "3011", "3012", "3013", "3014", "3016", "3021", "3022", "3024");
    private static final Set<String> NOTIFICATIONS = Set.of("1013", "2012", "2022", "9015");
    private static final int VERSION_2025 = 8;
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

    /** How we stand to who sent a frame. */
    public enum Standing {
        KNOWN,
        UNKNOWN_MN,
        BAD_PASSWORD
    }

    private Hj212Answer() {}

    /** A data segment as a whole frame with its line end. */
    public static byte[] frame(String segment) {
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        String head = String.format(Locale.ROOT, "##%04d", bytes.length);
        String crc = String.format(Locale.ROOT, "%04X", Crc16.hj212(bytes, 0, bytes.length));
        return (head + segment + crc + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the sender waits for an answer: bit 0 of its {@code Flag}. */
    public static boolean isWanted(Hj212Frame frame) {
        return flag(frame) % 2 == 1;
    }

    private static int flag(Hj212Frame frame) {
        String flag = frame.get("FLAG");
        return flag.length() <= 3 && Hj212Frame.isDigits(flag, Math.max(1, flag.length())) ? Integer.parseInt(flag) : 0;
    }

    /**
     * The answer that a frame as received asks for, its password included: 9014 to data, 9013 to a notification and to a
     * heartbeat, 9011 with the reason where it is refused. Empty where its {@code Flag} asks for none, it has no QN to answer
     * to, or is an answer itself.
     */
    public static Optional<byte[]> to(Hj212Frame frame, Standing standing) {
        if (!isWanted(frame) || INTERACTION.contains(frame.cn()) || frame.get("QN").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(switch (standing) {
            case UNKNOWN_MN -> answer(frame, "9011", "QnRtn=4");
            case BAD_PASSWORD -> answer(frame, "9011", "QnRtn=3");
            case KNOWN -> known(frame);
        });
    }

    /** The answer of a device that lets nobody set it: 9011 with {@code QnRtn=2} to a request, 9013 to a notification. */
    public static Optional<byte[]> refusal(Hj212Frame request) {
        if (!isWanted(request) || INTERACTION.contains(request.cn()) || request.get("QN").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(NOTIFICATIONS.contains(request.cn())
                ? answer(request, "9013", "")
                : answer(request, "9011", "QnRtn=2"));
    }

    /** The answer of a device that will do what it is asked: 9011 with {@code QnRtn=1}. */
    public static byte[] agreement(Hj212Frame request) {
        return answer(request, "9011", "QnRtn=1");
    }

    private static byte[] known(Hj212Frame frame) {
        if (NOTIFICATIONS.contains(frame.cn())) {
            return answer(frame, "9013", "");
        }
        if (frame.cn().equals("1014")) {
            return answer(frame, "9011", "QnRtn=2");
        }
        return REQUESTS.contains(frame.cn()) ? answer(frame, "9011", "QnRtn=8") : answer(frame, "9014", "");
    }

    /** The data answer (CN 9014) to a frame; it carries the QN of that frame. */
    public static Optional<byte[]> dataAnswer(Hj212Frame frame) {
        return frame.get("QN").isEmpty() ? Optional.empty() : Optional.of(answer(frame, "9014", ""));
    }

    private static byte[] answer(Hj212Frame frame, String cn, String cp) {
        return frame("QN=" + frame.get("QN") + ";ST=91;CN=" + cn + ";PW=" + frame.get("PW") + ";MN=" + frame.mn() + ";Flag="
                + version(frame) + ";CP=&&" + cp + "&&");
    }

    /** The version bits that we answer with: those of the 2017 edition, but to 2025 its own. */
    private static int version(Hj212Frame frame) {
        return flag(frame) >> 2 << 2 == VERSION_2025 ? VERSION_2025 : 4;
    }

    /**
     * A request of ours in the name and edition of a frame that its device sent; the device is asked to answer.
     *
     * @param qn 17 digits
     */
    public static byte[] request(Hj212Frame from, String qn, String cn, String cp) {
        return frame("QN=" + qn + ";ST=" + from.get("ST") + ";CN=" + cn + ";PW=" + from.get("PW") + ";MN=" + from.mn()
                + ";Flag=" + (version(from) + 1) + ";CP=&&" + cp + "&&");
    }

    /** A time as HJ 212 writes it: 14 digits. */
    public static String second(Instant at, ZoneId zone) {
        return SECOND.format(at.atZone(zone));
    }

    /** A frame as received taken apart, for who answers it; its password is in clear and belongs in no log. */
    public static Hj212Frame.Parsed parse(byte[] received) {
        return Hj212Frame.parse(received, Hj212Note.of(received));
    }
}
