package dustwarden.core.rule;

import dustwarden.core.model.Fields;
import dustwarden.core.model.Observation.Cargo;
import dustwarden.core.model.Observation.Vehicle;
import dustwarden.core.model.Work;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Passages out of a gate meet a condition; the local day is judged, or a rolling window.
 *
 * @param condition what a passage must meet
 * @param vehicles kinds of vehicle that count
 * @param cargo cargo that counts, where only loaded passages do; unknown cargo always counts
 * @param works works of the plan that make the rule apply; empty: it always does
 * @param pumpSecondsMin with wheels unknown the pump must have run this long
 * @param frostAtOrBelow °C at which the pump is waived
 * @param samePlateMs passages of one plate and gate within this are one
 * @param unknownWheelsShareMax beyond this share of exits with wheels unknown, where a wheel camera is registered, unknown
 * @param silentShareMax a gate silent for more of the day so far is unknown
 * @param goodInARow good exits after which an alarm returns
 * @param filedList whether a spoil truck must stand in the site's filed list, where it has one
 * @param dryRoadMs where given, a proven lack of rain for so long waives the pump as frost does
 * @param windowMs a rolling window in place of the local day
 */
public record PassagesRule(
        RuleHead head,
        Condition condition,
        Set<Vehicle> vehicles,
        Set<Cargo> cargo,
        Set<Work> works,
        double pumpSecondsMin,
        double frostAtOrBelow,
        long samePlateMs,
        double unknownWheelsShareMax,
        double silentShareMax,
        int goodInARow,
        boolean filedList,
        Optional<Long> dryRoadMs,
        Optional<Long> windowMs)
        implements Rule {

    /** What a passage must meet. */
    public enum Condition {
        WASHED,
        SEALED
    }

    public PassagesRule {
        vehicles = Set.copyOf(vehicles);
        cargo = Set.copyOf(cargo);
        works = Set.copyOf(works);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.passages(this);
    }

    static PassagesRule read(RuleHead head, Fields fields) {
        Condition condition = fields.optionalWord("condition", word(Condition.values()), "washed, sealed")
                .orElse(Condition.WASHED);
        return new PassagesRule(
                head,
                condition,
                Set.copyOf(fields.words("vehicles", word(Vehicle.values()), "truck, mixer, other-heavy, car")),
                Set.copyOf(fields.words("cargo", word(Cargo.values()), "spoil, sand, concrete, other, none")),
                Set.copyOf(fields.words("works", Work::ofWire, "earthwork, demolition, haulage …")),
                fields.number("pumpSecondsMin", 30),
                fields.number("frostAtOrBelow", 2),
                fields.duration("samePlate", 120_000),
                fields.number("unknownWheelsShareMax", 0.10),
                fields.number("silentShareMax", 0.10),
                (int) fields.number("goodInARow", 10),
                fields.flag("filedList", false),
                fields.optionalDuration("dryRoad"),
                fields.optionalDuration("window"));
    }

    /** A reader of an enum's constants by their names in lower case with hyphens. */
    static <E extends Enum<E>> Function<String, Optional<E>> word(E[] constants) {
        return text -> List.of(constants).stream()
                .filter(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text))
                .findFirst();
    }
}
