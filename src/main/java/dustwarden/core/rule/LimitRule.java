package dustwarden.core.rule;

import dustwarden.core.model.Fields;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Work;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Means over a clock-aligned averaging period stay within a limit, save an allowed count a day.
 *
 * @param limit in {@code unit}, the quantity's own; a mean above it is an exceedance
 * @param form what is compared with the limit
 * @param backgroundCap the background counts at most this; empty: in full
 * @param allowed exceedances allowed a local day at each point
 * @param captureMin least data capture of a period that counts
 * @param leadMargin an excess within this share of the limit is marked {@code lead}
 * @param returnBelow where given, an alarm returns at the first decided period at or below it, not only after a day in order
 * @param variants limits for some works or places, the first that fits counts
 */
public record LimitRule(
        RuleHead head,
        Quantity quantity,
        long periodMs,
        double limit,
        String unit,
        Form form,
        OptionalDouble backgroundCap,
        int allowed,
        double captureMin,
        double leadMargin,
        OptionalDouble returnBelow,
        List<Variant> variants)
        implements Rule {

    /** What is compared with the limit. */
    public enum Form {
        ABSOLUTE,
        ABOVE_BACKGROUND,
        DOWNWIND_MINUS_UPWIND
    }

    /**
     * A limit for sites in a built-up area or not, in some regions, or during some works.
     *
     * @param regions nodes of a region path; empty: in all
     */
    public record Variant(Optional<Boolean> builtUp, Set<Work> works, List<String> regions, double limit) {
        public Variant {
            works = Set.copyOf(works);
            regions = List.copyOf(regions);
        }
    }

    public LimitRule {
        if (!(captureMin > 0 && captureMin <= 1)) {
            throw new IllegalArgumentException("captureMin lies above 0 and at most at 1, got " + captureMin);
        }
        if (allowed < 0) {
            throw new IllegalArgumentException("allowed is 0 or more, got " + allowed);
        }
        if (returnBelow.isPresent() && returnBelow.getAsDouble() > limit) {
            throw new IllegalArgumentException("returnBelow is at most the limit, got " + returnBelow.getAsDouble());
        }
        variants = List.copyOf(variants);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.limit(this);
    }

    static LimitRule read(RuleHead head, Fields fields) {
        Quantity quantity = fields.optionalWord("quantity", Quantity::ofWire, "pm10, pm25, tsp, noise")
                .orElseGet(() -> {
                    fields.problem("quantity", "is required");
                    return Quantity.PM10;
                });
        return new LimitRule(
                head,
                quantity,
                fields.duration("period"),
                fields.number("limit"),
                fields.text("unit"),
                fields.optionalWord("form", PassagesRule.word(Form.values()), "absolute, above-background, downwind-minus-upwind")
                        .orElse(Form.ABSOLUTE),
                fields.optionalNumber("backgroundCap"),
                whole(fields, "allowed"),
                fields.number("captureMin", 0.75),
                fields.number("leadMargin", 0.15),
                fields.optionalNumber("returnBelow"),
                fields.children("variants").stream().map(v -> {
                    Variant variant = new Variant(
                            v.has("builtUp") ? Optional.of(v.flag("builtUp", true)) : Optional.empty(),
                            Set.copyOf(v.words("works", Work::ofWire, "earthwork, demolition …")),
                            v.texts("regions"),
                            v.number("limit"));
                    v.done();
                    return variant;
                }).toList());
    }

    private static int whole(Fields fields, String key) {
        double number = fields.number(key, 0);
        if (number != Math.rint(number) || number < 0 || number > 86_400) {
            fields.problem(key, "wants a whole number from 0 up, got " + number);
        }
        return (int) Math.max(0, number);
    }
}
