package dustwarden.core.rule;

import dustwarden.core.model.Fields;
import dustwarden.core.model.RoadClass;
import dustwarden.core.model.Work;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Registered units are in order now, weighted by length, area or one each.
 *
 * @param subject what the units are
 * @param units kinds of units that count; empty for cameras
 * @param works works of the plan that make the rule apply where no such unit is registered; empty: it always does
 * @param heightMin least height of a fence in metres by class of road
 * @param toleranceShare share of the whole that may be out of order
 * @param toleranceArea m² that may be out of order; the larger of the two tolerances counts
 */
public record UnitsRule(
        RuleHead head,
        Subject subject,
        List<String> units,
        Set<Work> works,
        Map<RoadClass, Double> heightMin,
        double toleranceShare,
        double toleranceArea,
        Validity validity,
        Optional<Face> face,
        Optional<Cameras> cameras,
        boolean indoorExempt,
        boolean exemptWithoutUnits,
        long resurveyAfterMs)
        implements Rule {

    /** What a unit is, which decides its weight and its special cases. */
    public enum Subject {
        FENCE,
        COVER,
        ROAD,
        CAMERA,
        SURVEYED
    }

    /** How long a report counts by its source, ms; a sensor's by its cadence. */
    public record Validity(long cameraMs, long droneMs, long surveyMs, long secondPictureMs, double pictureAreaMin) {}

    /**
     * The active work face that need not be covered.
     *
     * @param shareMax of the soil area, where the phase files no size
     * @param heldMs how long after the work a named zone still counts
     * @param reportedHeldMs how long after the last work a reported face still counts
     * @param voidAfterBanMs after this long under a ban no face counts
     * @param dryMaxMs a zone that is worked dry for longer is no exempt face
     */
    public record Face(double shareMax, long heldMs, long reportedHeldMs, long voidAfterBanMs, long dryMaxMs) {}

    /**
     * Which cameras are needed, and what a day allows them.
     *
     * @param largeFloorArea m² from which {@code largeCount} cameras are needed
     * @param linearMin metres of linear works from which the same holds
     * @param outageMaxMs one outage longer than this is a violation
     * @param budgetMs minutes a day said bad that are allowed, in ms
     * @param notKeptAfterMs silence longer than this is a violation of its own
     */
    public record Cameras(
            double largeFloorArea,
            double linearMin,
            int largeCount,
            int smallCount,
            long outageMaxMs,
            long budgetMs,
            long notKeptAfterMs) {}

    public UnitsRule {
        units = List.copyOf(units);
        works = Set.copyOf(works);
        heightMin = Map.copyOf(heightMin);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.units(this);
    }

    static UnitsRule read(RuleHead head, Fields fields) {
        Subject subject = fields.optionalWord(
                        "subject",
                        w -> Optional.ofNullable(switch (w) {
                            case "fence" -> Subject.FENCE;
                            case "cover" -> Subject.COVER;
                            case "road" -> Subject.ROAD;
                            case "camera" -> Subject.CAMERA;
                            case "surveyed" -> Subject.SURVEYED;
                            default -> null;
                        }),
                        "fence, cover, road, camera, surveyed")
                .orElseGet(() -> {
                    fields.problem("subject", "is required");
                    return Subject.SURVEYED;
                });
        Map<RoadClass, Double> heights = Map.of();
        if (fields.has("heightMin")) {
            Fields h = fields.child("heightMin");
            heights = Map.of(
                    RoadClass.MAIN, h.number("main"),
                    RoadClass.SECONDARY, h.number("secondary"),
                    RoadClass.OTHER, h.number("other"));
            h.done();
        }
        Fields v = fields.child("validity");
        long day = 86_400_000L;
        Validity validity = new Validity(
                v.duration("camera", day),
                v.duration("drone", subject == Subject.COVER ? 3 * day : 7 * day),
                v.duration("survey", subject == Subject.COVER ? day : subject == Subject.ROAD ? 30 * day : 7 * day),
                v.duration("secondPicture", 30 * 60_000L),
                v.number("pictureAreaMin", 5));
        v.done();
        Optional<Face> face = Optional.empty();
        if (fields.has("face")) {
            Fields f = fields.child("face");
            face = Optional.of(new Face(
                    f.number("shareMax", 0.30),
                    f.duration("held", 2 * 3_600_000L),
                    f.duration("reportedHeld", day),
                    f.duration("voidAfterBan", 3_600_000L),
                    f.duration("dryMax", 900_000L)));
            f.done();
        }
        Optional<Cameras> cameras = Optional.empty();
        if (subject == Subject.CAMERA) {
            Fields c = fields.child("cameras");
            cameras = Optional.of(new Cameras(
                    c.number("largeFloorArea", 10_000),
                    c.number("linearMin", 200),
                    (int) c.number("largeCount", 4),
                    (int) c.number("smallCount", 1),
                    c.duration("outageMax", 30 * 60_000L),
                    c.duration("budget", 72 * 60_000L),
                    c.duration("notKeptAfter", day)));
            c.done();
        }
        return new UnitsRule(
                head,
                subject,
                fields.texts("units"),
                Set.copyOf(fields.words("works", Work::ofWire, "earthwork, demolition, structure …")),
                heights,
                fields.number("toleranceShare", 0),
                fields.number("toleranceArea", 0),
                validity,
                face,
                cameras,
                fields.flag("indoorExempt", false),
                fields.flag("exemptWithoutUnits", false),
                fields.duration("resurveyAfter", 0));
    }
}
