package dustwarden.core.alarm;

import dustwarden.core.rule.RuleHead;
import dustwarden.core.rule.RuleHead.Priority;
import java.util.List;

/**
 * What a rule says of its alarms: item, priority, delays, and within what time they must be acknowledged and mended, in ms.
 *
 * <p>Where a rule gives no times, its priority does.
 */
public record Terms(
        String rule,
        String item,
        Priority priority,
        long onDelayMs,
        long offDelayMs,
        long noticeDelayMs,
        long acknowledgeWithinMs,
        long rectifyWithinMs) {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** The alarm of a device that should report and does not. */
    public static final Terms DEVICE_SILENT =
            new Terms("device-silent", "devices", Priority.LOW, MINUTE, MINUTE, 10 * MINUTE);

    /** With the times that the priority gives. */
    public Terms(String rule, String item, Priority priority, long onDelayMs, long offDelayMs, long noticeDelayMs) {
        this(rule, item, priority, onDelayMs, offDelayMs, noticeDelayMs, acknowledgeWithin(priority), rectifyWithin(priority));
    }

    /** The alarm of a monitor whose data is doubted, after the doubt has stood for four hours. */
    public static final Terms DATA_DOUBTFUL =
            new Terms("data-doubtful", "devices", Priority.LOW, 4 * 3_600_000, 60_000, 600_000);

    /** The alarm of a spray that ran and changed nothing, or did not answer. */
    public static final Terms SPRAY_WITHOUT_EFFECT =
            new Terms("spray-without-effect", "devices", Priority.MEDIUM, 0, 0, 0);

    /**
     * The alarm of a site that fell silent as a whole; it speaks for those of its devices, and long enough after the first is
     * heard again for the others to be.
     */
    public static final Terms SITE_SILENT =
            new Terms("site-silent", "devices", Priority.MEDIUM, MINUTE, 3 * MINUTE, 10 * MINUTE);

    /** The rules that stand in no rulebook and so are withdrawn with none. */
    public static final List<String> OF_NO_RULEBOOK =
            List.of(DEVICE_SILENT.rule(), DATA_DOUBTFUL.rule(), SPRAY_WITHOUT_EFFECT.rule(), SITE_SILENT.rule());

    public static Terms of(RuleHead head) {
        return new Terms(head.id(), head.item(), head.priority(), head.onDelayMs(), head.offDelayMs(), head.noticeDelayMs(),
                head.acknowledgeWithinMs().orElse(acknowledgeWithin(head.priority())),
                head.rectifyWithinMs().orElse(rectifyWithin(head.priority())));
    }

    private static long acknowledgeWithin(Priority priority) {
        return switch (priority) {
            case HIGH -> 30 * MINUTE;
            case MEDIUM -> 2 * HOUR;
            case LOW -> 8 * HOUR;
        };
    }

    /** High: within the shift. Medium: the one-day repair rule. Low: three days. */
    private static long rectifyWithin(Priority priority) {
        return switch (priority) {
            case HIGH -> 4 * HOUR;
            case MEDIUM -> DAY;
            case LOW -> 3 * DAY;
        };
    }
}
