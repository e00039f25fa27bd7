package dustwarden.core.alarm;

import dustwarden.core.judge.Subject;
import dustwarden.core.judge.Subject.Standing;

/** How a rule's subject has stood lately, with its open alarm. */
final class Watch {
    Terms terms;
    final String subject;
    private Standing standing = Standing.IN_ORDER;
    private long brokenSince = Long.MAX_VALUE;
    private long inOrderSince = Long.MAX_VALUE;
    private long failures;
    /** Failures that an alarm before this one has told of. */
    private long toldFailures;
    private Subject latest;
    final Flapping flapping = new Flapping();
    /** Null where none is open. */
    Alarm alarm;

    Watch(Terms terms, String subject) {
        this.terms = terms;
        this.subject = subject;
    }

    /** For a stored state that is read again: only. */
    @SuppressWarnings("unused")
    private Watch() {
        this(Terms.DEVICE_SILENT, "");
    }

    /** Takes in how it stands; answers whether it failed once more. */
    boolean stand(Subject subjectNow, long now) {
        latest = subjectNow;
        boolean failedAgain = subjectNow.failures() > failures;
        // A mended subject counts anew: its next failure is one that no alarm has told of.
        failures = subjectNow.failures();
        toldFailures = Math.min(toldFailures, failures);
        if (subjectNow.standing() != standing || failedAgain) {
            standing = subjectNow.standing();
            if (standing == Standing.BROKEN) {
                brokenSince = Math.min(brokenSince, now);
                inOrderSince = Long.MAX_VALUE;
            } else if (standing == Standing.IN_ORDER) {
                inOrderSince = Math.min(inOrderSince, now);
                brokenSince = Long.MAX_VALUE;
            }
        }
        return failedAgain;
    }

    /** Failures that no alarm has told of; they count as told from now on. */
    long takeFailures() {
        long news = failures - toldFailures;
        toldFailures = failures;
        return news;
    }

    /** Whether it is watched for single failures, each of which counts, and not for a state. */
    boolean countsFailures() {
        return failures > 0;
    }

    void noteLatest() {
        if (latest != null) {
            alarm.note(latest);
        }
    }

    /** When an alarm is called for: broken for long enough, and not only by failures that an alarm has told of. */
    long raisesAt() {
        boolean calls = standing == Standing.BROKEN && (failures == 0 || failures > toldFailures);
        return calls && alarm == null ? plus(brokenSince, terms.onDelayMs()) : Long.MAX_VALUE;
    }

    /** When what returned is broken for long enough to be raised again. */
    long raisesAgainAt() {
        boolean returned = alarm != null && alarm.state instanceof AlarmState.Returned;
        return returned && standing == Standing.BROKEN ? plus(brokenSince, terms.onDelayMs()) : Long.MAX_VALUE;
    }

    /** When its alarm has been in order for long enough. */
    long returnsAt() {
        return isUp() && standing == Standing.IN_ORDER ? plus(inOrderSince, terms.offDelayMs()) : Long.MAX_VALUE;
    }

    /** When a mended alarm has stayed in order for so long; not knowing counts for nothing. */
    long inOrderFor(long ms) {
        return standing == Standing.IN_ORDER ? plus(inOrderSince, ms) : Long.MAX_VALUE;
    }

    /** Whether an alarm of it is open and stands broken. */
    boolean isUp() {
        return alarm != null && alarm.isUp();
    }

    /** Under which a subject of a rule is found. */
    static String key(String rule, String subject) {
        return rule + "|" + subject;
    }

    boolean forgotten(long now) {
        return alarm == null && standing == Standing.IN_ORDER && failures == 0 && flapping.forgotten(now);
    }

    private static long plus(long since, long delay) {
        return since == Long.MAX_VALUE ? Long.MAX_VALUE : since + delay;
    }
}
