package dustwarden.core.alarm;

import dustwarden.core.rule.RuleHead;
import dustwarden.core.rule.RuleHead.Priority;

/** What a rule says of its alarms: item, priority and delays in ms. */
public record Terms(
        String rule, String item, Priority priority, long onDelayMs, long offDelayMs, long noticeDelayMs) {
    /** The alarm of a device that should report and does not. */
    public static final Terms DEVICE_SILENT =
            new Terms("device-silent", "devices", Priority.LOW, 60_000, 60_000, 600_000);

    /** The alarm of a monitor whose data is doubted, after the doubt has stood for four hours. */
    public static final Terms DATA_DOUBTFUL =
            new Terms("data-doubtful", "devices", Priority.LOW, 4 * 3_600_000, 60_000, 600_000);

    public static Terms of(RuleHead head) {
        return new Terms(head.id(), head.item(), head.priority(), head.onDelayMs(), head.offDelayMs(), head.noticeDelayMs());
    }
}
