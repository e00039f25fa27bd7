package dustwarden.core.judge;

import static dustwarden.core.judge.SiteCase.at;
import static dustwarden.core.model.Activity.DEMOLITION;
import static dustwarden.core.model.Activity.EARTHWORK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dustwarden.core.judge.StateLine.Stretch;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Observation.Running;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Activities of a site put together from all that watch them. */
class WorksTest {
    private static final Optional<Boolean> RUNS = Optional.of(true);
    private static final Optional<Boolean> IDLE = Optional.of(false);
    private static final Optional<Boolean> UNKNOWN = Optional.empty();

    private static Optional<Boolean> at8(SiteCase site, Activity... activities) {
        return Works.at(site.facts(at("08:00")), Set.of(activities), at("08:00"));
    }

    @Test
    void nobodyWatchingIsUnknown() {
        assertEquals(UNKNOWN, at8(new SiteCase(), EARTHWORK));
        assertEquals(UNKNOWN, at8(new SiteCase().sensor("dig", EARTHWORK), EARTHWORK));
    }

    @Test
    void everyRegisteredSensorMustSayIdle() {
        SiteCase one = new SiteCase().sensor("a", EARTHWORK).sensor("b", EARTHWORK).work("a", EARTHWORK, false, "07:50", "08:01");
        assertEquals(UNKNOWN, at8(one, EARTHWORK));
        assertEquals(IDLE, at8(one.work("b", EARTHWORK, false, "07:50", "08:01"), EARTHWORK));
    }

    @Test
    void anyReporterMaySayThatItRuns() {
        SiteCase site = new SiteCase().sensor("a", EARTHWORK).camera("cam").work("cam", EARTHWORK, true, "07:50", "08:01");
        assertEquals(RUNS, at8(site, EARTHWORK));
        assertEquals(UNKNOWN, at8(site, DEMOLITION));
        assertEquals(RUNS, at8(site, DEMOLITION, EARTHWORK));
    }

    @Test
    void aCameraIsBelievedThatNothingRunsOnlyWhereNoSensorIsRegistered() {
        SiteCase camera = new SiteCase().camera("cam").work("cam", EARTHWORK, false, "07:50", "08:01");
        assertEquals(IDLE, at8(camera, EARTHWORK));
        assertEquals(UNKNOWN, at8(camera.sensor("a", EARTHWORK), EARTHWORK));
    }

    @Test
    void oneZoneThatRunsIsEnoughAndOneFreshZoneIsNotSilent() {
        SiteCase site = new SiteCase().sensor("a", EARTHWORK)
                .say("a", at("07:59"), new Running("s", "a", at("07:59"), EARTHWORK, Optional.of("soil-1"), false))
                .say("a", at("07:50"), new Running("s", "a", at("07:50"), EARTHWORK, Optional.of("soil-2"), true));
        assertEquals(IDLE, at8(site, EARTHWORK));
        site.say("a", at("07:58"), new Running("s", "a", at("07:58"), EARTHWORK, Optional.of("soil-2"), true));
        assertEquals(RUNS, at8(site, EARTHWORK));
    }

    @Test
    void stretchesCoverTheWholeSpan() {
        SiteCase site = new SiteCase().sensor("a", EARTHWORK).work("a", EARTHWORK, true, "08:00", "08:10")
                .work("a", EARTHWORK, false, "08:10", "08:20");
        List<Stretch<Boolean>> line = Works.of(site.facts(at("09:00")), Set.of(EARTHWORK), at("07:00"), at("09:00"));
        assertEquals(List.of(UNKNOWN, RUNS, IDLE, UNKNOWN), line.stream().map(Stretch::value).toList());
        assertEquals(List.of(at("08:00"), at("08:10"), at("08:22"), at("09:00")), line.stream().map(Stretch::to).toList());
    }
}
