package dustwarden.core.decode;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Frames that we send. */
public final class Hj212Answer {
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
        String flag = frame.get("FLAG");
        return flag.matches("\\d{1,3}") && Integer.parseInt(flag) % 2 == 1;
    }

    /**
     * The data answer (CN 9014) to a frame as it was received, its password included; it carries the QN of that
     * frame. Empty where the frame has no QN to answer to.
     */
    public static Optional<byte[]> dataAnswer(Hj212Frame frame) {
        if (frame.get("QN").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(frame("QN=" + frame.get("QN") + ";ST=91;CN=9014;PW=" + frame.get("PW") + ";MN=" + frame.mn()
                + ";Flag=4;CP=&&&&"));
    }

    /** A frame as received taken apart, for who answers it; its password is in clear and belongs in no log. */
    public static Hj212Frame.Parsed parse(byte[] received) {
        return Hj212Frame.parse(received, Hj212Note.of(received));
    }
}
