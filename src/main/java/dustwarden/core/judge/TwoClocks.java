package dustwarden.core.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges by clocks as they stand and as they should be: where a clock is steadily off and the two verdicts differ, nobody
 * knows, so that no reading moves a verdict unseen.
 */
public final class TwoClocks {
    private TwoClocks() {}

    /** The verdict now. */
    public static Judgement now(RuleJudge judge, SiteFacts facts, long now) {
        Judgement asItStands = judge.now(facts, now);
        return facts.skews().isEmpty() ? asItStands : between(asItStands, judge.now(facts.byCorrectedClocks(), now), facts);
    }

    /** The verdict of a local day that has ended. */
    public static Optional<Judgement> day(RuleJudge judge, SiteFacts facts, long dayStart, long now) {
        Optional<Judgement> asItStands = judge.day(facts, dayStart, now);
        if (asItStands.isEmpty() || facts.skews().isEmpty()) {
            return asItStands;
        }
        return judge.day(facts.byCorrectedClocks(), dayStart, now).map(other -> between(asItStands.get(), other, facts));
    }

    private static Judgement between(Judgement one, Judgement other, SiteFacts facts) {
        long nextAt = Math.min(one.nextAt(), other.nextAt());
        List<Subject> subjects = subjects(one.subjects(), other.subjects());
        if (one.state() == other.state()) {
            return one.withSubjects(subjects).withNextAt(nextAt).carrying(Long.MIN_VALUE);
        }
        List<Reason> reasons = new ArrayList<>();
        facts.skews().forEach((device, ms) -> reasons.add(Reason.of("clock-skewed", "device", device, "offsetSeconds", ms / 1_000)));
        return new Judgement(State.UNKNOWN, Math.min(one.low(), other.low()), Math.max(one.high(), other.high()),
                Math.min(one.capture(), other.capture()), reasons, one.proof(), one.from(), one.to(), subjects, nextAt);
    }

    /** A subject raises or clears an alarm only where both say so. */
    private static List<Subject> subjects(List<Subject> one, List<Subject> other) {
        Map<String, Subject> others = new LinkedHashMap<>();
        other.forEach(s -> others.put(s.id(), s));
        return one.stream().map(s -> {
            Subject twin = others.get(s.id());
            boolean sure = twin == null || twin.standing() == s.standing();
            return sure ? s : new Subject(s.id(), Subject.Standing.UNCLEAR, s.failures(), s.peak(), s.limit(), s.reasons());
        }).toList();
    }
}
