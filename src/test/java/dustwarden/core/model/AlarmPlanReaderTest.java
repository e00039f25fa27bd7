package dustwarden.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dustwarden.core.model.Fields.Problems;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a site file may say of its alarms, and what is refused with its path. */
class AlarmPlanReaderTest {
    private static final String SITE = """
            site: s-1
            name: site
            region: "410000"
            rulebook: henan-seven
            contacts:
              - {role: supervisor, name: Li, channels: [log], duty: [{days: [mon], from: 07:00, to: "19:00"}]}
              - {role: regulator, name: Zhao}
            """;

    private static Optional<Site> read(String more, Problems problems) throws Exception {
        return SiteReader.read(new YAMLMapper().readTree(SITE + more), "hash", problems);
    }

    @Test
    void aSiteThatSaysNothingTellsEverybodyAtOnce() throws Exception {
        Problems problems = new Problems();
        Site site = read("", problems).orElseThrow(() -> new AssertionError(problems.all()));
        assertEquals(AlarmPlan.NONE, site.alarms());
        assertEquals(1, site.contacts().get(0).duty().size());
    }

    @Test
    void readsAllOfIt() throws Exception {
        Problems problems = new Problems();
        Site site = read("""
                alarms:
                  ladder: [{role: supervisor}, {role: regulator, after: PT4H}]
                  working: {days: [mon, tue], from: "07:00", to: "19:00"}
                  digest: "07:30"
                  quiet: {from: "22:00", to: "06:00"}
                  closed: [{from: 2026-02-10, to: 2026-02-25}]
                  verifyAfter: PT24H
                """, problems).orElseThrow(() -> new AssertionError(problems.all()));
        assertEquals(List.of(new AlarmPlan.Rung("supervisor", 0), new AlarmPlan.Rung("regulator", 4 * 3_600_000)),
                site.alarms().ladder());
        assertTrue(site.closedOn(java.time.LocalDate.parse("2026-02-25")));
        assertTrue(!site.closedOn(java.time.LocalDate.parse("2026-02-26")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{ladder: [{role: boss}]}                                   | $.alarms.ladder[0].role",
        "{ladder: [{role: supervisor}, {role: supervisor}]}         | $.alarms.ladder[1].role",
        "{ladder: [{role: supervisor, after: PT1H}]}                | $.alarms.ladder[0].after",
        "{working: {from: \"07:00\"}}                               | $.alarms.working.to",
        "{quiet: {from: \"7 am\", to: \"06:00\"}}                   | $.alarms.quiet.from",
        "{quiet: {from: \"22:00\", to: \"06:00\", days: [someday]}} | $.alarms.quiet.days",
        "{digest: \"07:00\"}                                        | $.alarms.digest",
        "{closed: [{from: 2026-03-02, to: 2026-03-01}]}             | $.alarms.closed[0].to",
        "{verifyAfter: soon}                                        | $.alarms.verifyAfter",
        "{escalate: true}                                           | $.alarms.escalate",
    })
    void whatIsWrongIsNamedWithItsPath(String alarms, String path) throws Exception {
        Problems problems = new Problems();
        assertTrue(read("alarms: " + alarms, problems).isEmpty());
        assertTrue(problems.all().stream().anyMatch(p -> p.startsWith(path + ":")), problems.all().toString());
    }
}
