package dustwarden.core.decode;

import dustwarden.core.model.Flag;
import dustwarden.core.model.Quantity;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the factor codes of HJ 212 mean to us: those of the 2017 edition and older ones that devices still send. */
final class Hj212Codes {
    /**
     * A code.
     *
     * @param scaleCode code of the 2017 edition, under which a device's scale may stand
     * @param legacy whether it is not one of the 2017 edition
     * @param rank of two codes for one quantity the lower rank is taken
     */
    record Code(Quantity quantity, String scaleCode, boolean legacy, int rank) {
        /** Whether it is as the edition of its frame has it: numbers were codes in 2005. */
        boolean isOf(String written, boolean edition2005) {
            return !legacy || (edition2005 && Character.isDigit(written.charAt(0)));
        }
    }

    private static final Map<String, Code> BY_CODE = new HashMap<>();

    static {
        put(Quantity.TSP, "a34001", "TSP", "103");
        put(Quantity.PM10, "a34002", "PM10", "107");
        put(Quantity.PM25, "a34004", "PM25", "PM2.5", "925");
        put(Quantity.TEMPERATURE, "a01001", "TEM", "TEMP", "T01", "126");
        put(Quantity.HUMIDITY, "a01002", "RH", "HUMI", "HUM", "H01", "128");
        put(Quantity.PRESSURE, "a01006", "127", "PA", "PRES", "PRESS");
        put(Quantity.WIND_SPEED, "a01007", "WS", "129");
        put(Quantity.WIND_DIRECTION, "a01008", "WD", "130");
        put(Quantity.NOISE, "LA", "NOIS", "NOISE", "B03", "a50001");
        BY_CODE.put("LEQ", new Code(Quantity.NOISE, "LA", false, 1));
    }

    private Hj212Codes() {}

    private static void put(Quantity quantity, String code, String... older) {
        BY_CODE.put(code.toUpperCase(Locale.ROOT), new Code(quantity, code, false, 0));
        for (String each : older) {
            BY_CODE.put(each.toUpperCase(Locale.ROOT), new Code(quantity, code, true, 2));
        }
    }

    static Optional<Code> of(String code) {
        Code exact = BY_CODE.get(code);
        return Optional.ofNullable(exact == null ? BY_CODE.get(code.toUpperCase(Locale.ROOT)) : exact);
    }

    /** Whether a code is written as the standard does. */
    static boolean isExact(String code) {
        return code.equals("LA") || code.equals("Leq") || !code.equals(code.toUpperCase(Locale.ROOT))
                || of(code).map(Code::legacy).orElse(true);
    }

    /** A flag of the 2017 edition, or of the 2005 one where that has another letter; empty where it has none. */
    static Optional<Flag> flag(String text) {
        return switch (text) {
            case "P" -> Optional.of(Flag.F); // power failure
            case "0" -> Optional.of(Flag.C); // calibration, ambient air
            case "2" -> Optional.of(Flag.D); // abnormal, ambient air
            case "1", "3" -> Optional.of(Flag.N); // weather, normal, ambient air
            default -> Flag.of(text.toUpperCase(Locale.ROOT));
        };
    }
}
