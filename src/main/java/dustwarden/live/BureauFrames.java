package dustwarden.live;

import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** The data segments that a bureau is sent: factor codes and fields of HJ 212-2017. */
final class BureauFrames {
    static final String REALTIME = "2011";
    static final String MINUTE = "2051";
    static final String HOUR = "2061";
    static final String CARRIED_OUT = "9012";

    private static final int DECIMALS = 3;
    private static final Map<Quantity, String> CODES = new EnumMap<>(Map.of(
            Quantity.TSP, "a34001",
            Quantity.PM10, "a34002",
            Quantity.PM25, "a34004",
            Quantity.NOISE, "LA",
            Quantity.TEMPERATURE, "a01001",
            Quantity.HUMIDITY, "a01002",
            Quantity.PRESSURE, "a01006",
            Quantity.WIND_SPEED, "a01007",
            Quantity.WIND_DIRECTION, "a01008"));

    /** Lowest, mean and highest of one quantity over a time. */
    record Span(double low, double mean, double high) {}

    private final BureauTarget target;

    BureauFrames(BureauTarget target) {
        this.target = target;
    }

    static boolean isForwarded(Quantity quantity) {
        return CODES.containsKey(quantity);
    }

    String realtime(long ts, Values values) {
        StringJoiner cp = begun(ts);
        values.forEach((quantity, value) -> {
            if (isForwarded(quantity)) {
                String code = CODES.get(quantity);
                cp.add(code + "-Rtd=" + text(value.number()) + "," + code + "-Flag=" + value.flag().name());
            }
        });
        return cp.toString();
    }

    String spans(long start, Map<Quantity, Span> spans) {
        StringJoiner cp = begun(start);
        spans.forEach((quantity, span) -> {
            String code = CODES.get(quantity);
            cp.add(code + "-Min=" + text(span.low()) + "," + code + "-Avg=" + text(span.mean()) + "," + code + "-Max="
                    + text(span.high()) + "," + code + "-Flag=N");
        });
        return cp.toString();
    }

    private StringJoiner begun(long ts) {
        return new StringJoiner(";").add("DataTime=" + second(ts));
    }

    String second(long ts) {
        return Hj212Answer.second(Instant.ofEpochMilli(ts), target.zone());
    }

    String qn(long millis) {
        return second(millis) + String.format(Locale.ROOT, "%03d", Math.floorMod(millis, 1000));
    }

    /** The frame as it goes out; the password is in clear only here. */
    byte[] frame(BureauStore.Due due) {
        boolean data = !due.cn().equals(CARRIED_OUT);
        return Hj212Answer.frame("QN=" + due.qn() + ";ST=" + (data ? target.st() : "91") + ";CN=" + due.cn() + ";PW="
                + target.password() + ";MN=" + target.mn() + ";Flag=" + (data ? "5" : "4") + ";CP=&&" + due.cp() + "&&");
    }

    private static String text(double number) {
        BigDecimal rounded = BigDecimal.valueOf(number).setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.scale() < 1 ? rounded.setScale(1).toPlainString() : rounded.toPlainString();
    }
}
