package dustwarden.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dustwarden.command.SprayTerms;
import dustwarden.command.SprayTerms.Mode;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Site;
import dustwarden.core.model.SiteReader;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A site's file goes before the settings for the site, those before the settings for all. */
class SuppressionTest {
    private static final SprayTerms D = SprayTerms.DEFAULT;
    private static final SprayTerms DRY = new SprayTerms(Mode.DRY_RUN, 200, 0.5, D.startFor(), D.stopFor(), D.minRun(), D.minPause(),
            D.maxRun(), D.maxDay(), D.frost(), D.rain(), D.stale(), D.answer(), D.effectAfter(), D.effectDrop());
    private final Suppression settings = new Suppression(D, Map.of("s-2", DRY));

    private static Site site(String id, String more) throws Exception {
        return SiteReader.read(new YAMLMapper().readTree("""
                site: %s
                name: site
                region: "1"
                rulebook: r
                %s
                """.formatted(id, more)), "h", new Problems()).orElseThrow();
    }

    @Test
    void aFileThatSaysNothingLeavesTheSettings() throws Exception {
        assertEquals(D, settings.of(site("s-1", "")));
        assertEquals(DRY, settings.of(site("s-2", "")));
    }

    @Test
    void whatTheFileSaysStandsAndTheRestIsInherited() throws Exception {
        SprayTerms terms = settings.of(site("s-2", "suppression: {mode: \"on\", start: 100, frost: -1, stale: PT1M}"));
        assertEquals(new SprayTerms(Mode.ON, 100, 0.5, D.startFor(), D.stopFor(), D.minRun(), D.minPause(), D.maxRun(), D.maxDay(), -1,
                D.rain(), Duration.ofMinutes(1), D.answer(), D.effectAfter(), D.effectDrop()), terms);
    }

    @Test
    void whereOnlyOneOfTwoStandsTheOtherGivesWay() throws Exception {
        assertEquals(Duration.ofHours(1), settings.of(site("s-1", "suppression: {minRun: PT1H}")).maxRun());
        SprayTerms brief = settings.of(site("s-1", "suppression: {maxRun: PT2M}"));
        assertEquals(Duration.ofMinutes(2), brief.maxRun());
        assertEquals(Duration.ofMinutes(2), brief.minRun());
        assertEquals(1, settings.of(site("s-1", "suppression: {stop: 400}")).stopShare());
    }
}
