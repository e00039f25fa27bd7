package dustwarden.core.decode;

import dustwarden.core.decode.Hj212Codes.Code;
import dustwarden.core.decode.Hj212Frame.Item;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The factors of one frame as our quantities.
 *
 * <p>A value that cannot be, or that a frame says twice and differently, is left out and told; the rest of the frame
 * holds. Dust is taken as µg/m³ unless the device's scale says otherwise, and never rescaled on a guess.
 */
final class Hj212Values {
    private static final double PRESSURE_HPA_MIN = 200;
    private static final double PRESSURE_HPA_MAX = 1200;
    private static final double PRESSURE_PA_MIN = 30_000;
    private static final double PRESSURE_PA_MAX = 120_000;
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,4})?");
    private static final int LEFT_OUT_MAX = 8;

    private static final class Factor {
        private final Code code;
        private final String name;
        private final Map<String, String> fields = new LinkedHashMap<>();
        private boolean saidTwice;

        private Factor(Code code, String name) {
            this.code = code;
            this.name = name;
        }
    }

    private final Map<String, Double> scale;
    private final Set<String> tolerated;
    private final boolean interval;
    private final boolean edition2005;
    private final Map<String, Factor> factors = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();
    private Optional<String> bareFlag = Optional.empty();

    Hj212Values(Hj212Frame frame, Map<String, Double> scale, boolean interval) {
        this.scale = scale;
        this.tolerated = frame.tolerated();
        this.interval = interval;
        this.edition2005 = frame.isOf2005();
        frame.groups().forEach(this::read);
    }

    private void read(List<Item> group) {
        Set<String> codes = new HashSet<>();
        boolean anyField = false;
        for (Item item : group) {
            int dash = item.name().indexOf('-');
            String code = dash < 0 ? item.name() : item.name().substring(0, dash);
            anyField |= dash >= 0;
            if (dash < 0 && code.equalsIgnoreCase("Flag")) {
                bareFlag(item.value());
                continue;
            }
            Optional<Code> known = Hj212Codes.of(code);
            if (known.isEmpty() || (dash < 0 && Hj212Codes.flag(item.value()).isEmpty())) {
                codes.add(code.toUpperCase(Locale.ROOT));
                continue;
            }
            String key = code.toUpperCase(Locale.ROOT);
            boolean first = codes.add(key);
            if (first && factors.containsKey(key)) {
                tolerated.add("separator");
            }
            Factor factor = factors.computeIfAbsent(key, k -> new Factor(known.get(), code));
            if (!Hj212Codes.isExact(code)) {
                tolerated.add("key-case");
            }
            if (!known.get().isOf(code, edition2005)) {
                tolerated.add("legacy-code");
            }
            String field = dash < 0 ? bare() : field(item.name().substring(dash + 1));
            String before = factor.fields.putIfAbsent(field, item.value());
            factor.saidTwice |= before != null && !before.equals(item.value());
        }
        if (anyField && codes.size() > 1) {
            tolerated.add("separator");
        }
    }

    /** {@code NOIS=N}: the flag of a factor without its field. */
    private String bare() {
        tolerated.add("bare-flag");
        return "FLAG";
    }

    private void bareFlag(String value) {
        if (Hj212Codes.flag(value).isPresent()) {
            tolerated.add("bare-flag");
            if (bareFlag.isEmpty() || bareFlag.get().equals("N")) {
                bareFlag = Optional.of(value);
            }
        } else {
            tolerated.add("item");
        }
    }

    private String field(String name) {
        // Nearly all are one of these.
        switch (name) {
            case "Rtd":
                return "RTD";
            case "Flag":
                return "FLAG";
            case "Avg":
                return "AVG";
            default:
                return otherField(name);
        }
    }

    private String otherField(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals("TD") || upper.equals("RTD-RTD")) {
            tolerated.add("misspelt");
            return "RTD";
        }
        for (String right : List.of("Rtd", "Avg", "Flag", "Data")) {
            if (upper.equals(right.toUpperCase(Locale.ROOT)) && !name.equals(right)) {
                tolerated.add("key-case");
            }
        }
        return upper;
    }

    /** The values; empty where the frame has none for us. */
    Optional<Values> values() {
        EnumMap<Quantity, Values.Value> byQuantity = new EnumMap<>(Quantity.class);
        EnumMap<Quantity, Integer> ranks = new EnumMap<>(Quantity.class);
        for (Factor factor : factors.values()) {
            Quantity quantity = factor.code.quantity();
            // an interval's noise is its equivalent level, a moment's its momentary one
            int rank = interval && factor.name.equalsIgnoreCase("Leq") ? -1 : factor.code.rank();
            Integer best = ranks.get(quantity);
            if (best != null && best <= rank) {
                continue;
            }
            value(factor).ifPresent(value -> {
                byQuantity.put(quantity, value);
                ranks.put(quantity, rank);
            });
        }
        return byQuantity.isEmpty() ? Optional.empty() : Optional.of(new Values(byQuantity));
    }

    /** What was left out and why, empty if nothing. */
    Optional<String> leftOut() {
        return leftOut.isEmpty() ? Optional.empty() : Optional.of("left out: " + String.join("; ", leftOut));
    }

    private Optional<Values.Value> value(Factor factor) {
        String raw = raw(factor);
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        if (factor.saidTwice) {
            return leaveOut(factor.name + " is said twice and differently");
        }
        if (!NUMBER.matcher(raw).matches()) {
            return leaveOut(factor.name + " is no number");
        }
        String letter = factor.fields.getOrDefault("FLAG", "");
        if (letter.isEmpty()) {
            letter = bareFlag.orElse("N");
        }
        Optional<Flag> flag = Hj212Codes.flag(letter);
        if (flag.isEmpty()) {
            return leaveOut(factor.name + " has a flag that is none of the standard's");
        }
        if (!flag.get().name().equals(letter) && !(edition2005 && "P0123".contains(letter))) {
            tolerated.add("flag");
        }
        double number = scaled(factor, Double.parseDouble(raw)) + 0.0;
        Quantity quantity = factor.code.quantity();
        if (!ValuesReader.inRange(quantity, number, flag.get())) {
            return leaveOut(ValuesReader.outside(quantity, number));
        }
        return Optional.of(new Values.Value(number, flag.get()));
    }

    private double scaled(Factor factor, double number) {
        Double by = scale.getOrDefault(factor.name, scale.get(factor.code.scaleCode()));
        if (by != null) {
            return number * by;
        }
        if (factor.code.quantity() == Quantity.PRESSURE && number > PRESSURE_HPA_MIN
                && number <= PRESSURE_HPA_MAX) {
            tolerated.add("hpa");
            return BigDecimal.valueOf(number).movePointLeft(1).doubleValue();
        }
        if (factor.code.quantity() == Quantity.PRESSURE && number >= PRESSURE_PA_MIN && number <= PRESSURE_PA_MAX) {
            tolerated.add("pa");
            return BigDecimal.valueOf(number).movePointLeft(3).doubleValue();
        }
        return number;
    }

    private String raw(Factor factor) {
        String first = interval ? "AVG" : "RTD";
        String second = interval ? "RTD" : "AVG";
        for (String field : List.of(first, "DATA")) {
            if (!factor.fields.getOrDefault(field, "").isEmpty()) {
                return factor.fields.get(field);
            }
        }
        String other = factor.fields.getOrDefault(second, "");
        if (!other.isEmpty()) {
            tolerated.add(interval ? "rtd-for-avg" : "avg-for-rtd");
        }
        return other;
    }

    private Optional<Values.Value> leaveOut(String why) {
        if (leftOut.size() < LEFT_OUT_MAX) {
            leftOut.add(why);
        }
        return Optional.empty();
    }
}
