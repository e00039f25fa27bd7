package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlookTest {
    private final Outlook before = new Outlook(Long.MIN_VALUE, Long.MAX_VALUE);
    private final Outlook after = new Outlook(Long.MIN_VALUE, Long.MAX_VALUE);

    @Test
    void aPeriodInTheMiddleOfADayChangesItsDay() {
        verdict(before, "09", "COMPLIANT", 1);
        verdict(before, "10", "COMPLIANT", 1);
        verdict(after, "09", "VIOLATION", 0);
        verdict(after, "10", "COMPLIANT", 1);
        Changes changes = before.changesTo(after);
        assertTrue(changes.table().get(2).matches(
                "  s-1 +2026-03-14  particulates  r/pm10 +合规 COMPLIANT 2/2 1.0\\.\\.1.0  违规 VIOLATION 1/2 0.0\\.\\.0.0"),
                changes.table().toString());
        assertTrue(changes.count().contains(" / 1 site-days would change,"), changes.count());
    }

    @Test
    void theLastFinalVerdictOnAPeriodCounts() {
        verdict(before, "09", "COMPLIANT", 1);
        verdict(after, "09", "VIOLATION", 0);
        verdict(after, "09", "COMPLIANT", 1);
        assertEquals(List.of(), before.changesTo(after).table());
    }

    @Test
    void alarmsAreShownInBothDirections() {
        alarm(before, "09");
        alarm(after, "10");
        alarm(after, "11");
        assertTrue(before.changesTo(after).count().endsWith(" 2 alarms raised that were not, 1 not raised any more"));
        assertTrue(after.changesTo(before).count().endsWith(" 1 alarms raised that were not, 2 not raised any more"));
        List<String> table = before.changesTo(after).table();
        assertTrue(table.get(2).matches("  s-1 +2026-03-14T09:00:00.000\\+08:00  .*dust-1 +发出 raised  无 none"), table.toString());
        assertTrue(table.get(3).matches("  s-1 +2026-03-14T10:00:00.000\\+08:00  .*dust-1 +无 none +发出 raised"), table.toString());
    }

    private static void verdict(Outlook outlook, String hour, String state, int share) {
        outlook.add("verdict", ("{\"site\":\"s-1\",\"item\":\"particulates\",\"rule\":\"r/pm10\",\"from\":\"" + at(hour)
                        + "\",\"state\":\"" + state + "\",\"low\":" + share + ",\"high\":" + share + ",\"final\":true}")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static void alarm(Outlook outlook, String hour) {
        outlook.add("alarm", ("{\"at\":\"" + at(hour) + "\",\"transition\":\"raised\",\"site\":\"s-1\",\"item\":\"particulates\","
                        + "\"rule\":\"r/pm10\",\"subject\":\"dust-1\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static String at(String hour) {
        return "2026-03-14T" + hour + ":00:00.000+08:00";
    }
}
