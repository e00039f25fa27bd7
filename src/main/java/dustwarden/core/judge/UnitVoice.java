package dustwarden.core.judge;

import dustwarden.core.model.Observation.By;
import dustwarden.core.model.Observation.Source;
import dustwarden.core.model.Observation.UnitReport;
import dustwarden.core.rule.UnitsRule.Validity;
import java.util.List;
import java.util.Optional;

/**
 * What the reports on one unit say at a moment, with their ranks and ages weighed.
 *
 * <p>Inspector outranks supervision and sensor, these a camera or drone, these the contractor's own word. A worse report
 * counts at once; a better one ends a violation only if it is newer and of equal or higher rank, and the contractor's
 * own never does. A picture's guess counts when a second picture says the same later.
 */
final class UnitVoice {
    /**
     * The answer.
     *
     * @param inOrder share of the unit known to be in order; empty: unknown
     * @param reason why it is unknown or out of order, a code
     * @param fact the report that decides
     * @param rectified the contractor said, after the violation, that it is mended
     * @param nextAt when age alone changes the answer
     */
    record Answer(
            Optional<Double> inOrder, String reason, Optional<UnitFact> fact, boolean rectified, long nextAt) {}

    private final Validity validity;
    private final boolean ignoreSmallPictures;

    UnitVoice(Validity validity, boolean ignoreSmallPictures) {
        this.validity = validity;
        this.ignoreSmallPictures = ignoreSmallPictures;
    }

    /**
     * Weighs the reports on a unit.
     *
     * @param reports in order of the instant that they count from
     * @param size of the unit in m²
     */
    Answer weigh(SiteFacts facts, List<UnitFact> reports, double size, long now) {
        UnitFact current = null;
        int violationRank = -1;
        boolean rectified = false;
        UnitFact guess = null;
        for (UnitFact fact : reports) {
            UnitReport report = fact.report();
            if (fact.at() > now) {
                continue;
            }
            if (!report.confirmed()) {
                boolean sameAgain = guess != null && (inOrder(guess.report(), size) < 1) == (inOrder(report, size) < 1);
                if (!sameAgain) {
                    guess = fact;
                    continue;
                }
                if (fact.at() - guess.at() < validity.secondPictureMs()) {
                    continue;
                }
            }
            guess = null;
            if (inOrder(report, size) < 1) {
                violationRank = Math.max(violationRank, rank(report));
                current = fact;
                rectified = false;
            } else if (violationRank < 0) {
                if (current == null || end(facts, current) <= now || rank(report) >= rank(current.report())) {
                    current = fact;
                }
            } else if (rank(report) >= violationRank && rank(report) > CONTRACTOR) {
                violationRank = -1;
                current = fact;
            } else if (rank(report) == CONTRACTOR) {
                rectified = true;
            }
        }
        long end = current == null ? Long.MIN_VALUE : end(facts, current);
        boolean fresh = current != null && end > now;
        boolean guessCounts = guess != null
                && violationRank < 0
                && end(facts, guess) > now
                && !(fresh && rank(current.report()) > rank(guess.report()));
        if (guessCounts && !(fresh && inOrder(guess.report(), size) >= 1)) {
            long until = Math.min(end(facts, guess), fresh ? end : Long.MAX_VALUE);
            return new Answer(Optional.empty(), "unconfirmed", Optional.of(guess), false, until);
        }
        if (current == null) {
            return new Answer(Optional.empty(), "no-report", Optional.empty(), false, Long.MAX_VALUE);
        }
        if (!fresh) {
            return new Answer(Optional.empty(), "report-expired", Optional.of(current), rectified, Long.MAX_VALUE);
        }
        return new Answer(Optional.of(inOrder(current.report(), size)), "out-of-order", Optional.of(current), rectified, end);
    }

    private static final int CONTRACTOR = 0;

    private static int rank(UnitReport report) {
        if (report.source() == Source.SENSOR) {
            return 2;
        }
        if (report.source() != Source.SURVEY) {
            return 1;
        }
        return report.by() == By.INSPECTOR ? 3 : report.by() == By.SUPERVISION ? 2 : CONTRACTOR;
    }

    /** A finding too small for a picture to be trusted with is none; the picture was taken all the same. */
    private double inOrder(UnitReport report, double size) {
        double share = report.good() ? report.share() : report.share() < 1 ? report.share() : 0;
        boolean picture = report.source() == Source.CAMERA || report.source() == Source.DRONE;
        return ignoreSmallPictures && picture && (1 - share) * size < validity.pictureAreaMin() ? 1 : share;
    }

    /** When the report stops to count. */
    private long end(SiteFacts facts, UnitFact fact) {
        return switch (fact.report().source()) {
            case SENSOR -> {
                long end = fact.at() + fact.validityMs();
                long offline = facts.device(fact.report().device()).offlineSince().orElse(Long.MAX_VALUE);
                yield Math.min(end, Math.max(offline, fact.at()));
            }
            case CAMERA -> fact.at() + validity.cameraMs();
            case DRONE -> fact.at() + validity.droneMs();
            case SURVEY -> fact.at() + validity.surveyMs();
        };
    }
}
