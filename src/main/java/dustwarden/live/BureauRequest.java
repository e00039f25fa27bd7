package dustwarden.live;

import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.decode.Hj212Frame;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A bureau's request for the minutes (2051) or hours (2061) of a time that were sent to it before.
 *
 * @param from epoch ms, as {@code to}; data that begins then or at any time between them is meant
 */
record BureauRequest(String qn, String cn, long from, long to) {
    private static final int QN_DIGITS = 17;
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    /** Empty where a frame is none, is not for us, or is not to be met. */
    static Optional<BureauRequest> of(Hj212Frame frame, BureauTarget target) {
        boolean ours = frame.mn().equals(target.mn()) && frame.get("PW").equals(target.password());
        boolean history = frame.cn().equals(BureauFrames.MINUTE) || frame.cn().equals(BureauFrames.HOUR);
        if (!ours || !history || !Hj212Answer.isWanted(frame) || !frame.get("QN").matches("[0-9]{" + QN_DIGITS + "}")) {
            return Optional.empty();
        }
        OptionalLong from = time(frame.plain("BeginTime"), target.zone());
        OptionalLong to = time(frame.plain("EndTime"), target.zone());
        return from.isEmpty() || to.isEmpty() || from.getAsLong() > to.getAsLong()
                ? Optional.empty()
                : Optional.of(new BureauRequest(frame.get("QN"), frame.cn(), from.getAsLong(), to.getAsLong()));
    }

    private static OptionalLong time(String text, ZoneId zone) {
        try {
            return OptionalLong.of(LocalDateTime.parse(text, SECOND).atZone(zone).toInstant().toEpochMilli());
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }
}
