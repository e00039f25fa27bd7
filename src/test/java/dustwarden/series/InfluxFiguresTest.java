package dustwarden.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfluxFiguresTest {
    private static final long DAY = PlayedJournal.at("2026-03-14T00:00:00+08:00");
    private static final long HOUR_MS = 3_600_000;

    @TempDir
    Path directory;

    private PlayedJournal journal;

    @BeforeEach
    void open() {
        journal = new PlayedJournal(directory);
    }

    @AfterEach
    void close() {
        journal.close();
    }

    /** Every point as the server would have it at the end: the last fields of each series and time. */
    private TreeMap<String, String> points(int batch) {
        TreeMap<String, String> points = new TreeMap<>();
        InfluxLines maker = new InfluxLines(new NoFigures());
        BatchReader reader = new BatchReader(journal.log(), (o, e) -> {}, o -> {});
        Cursor at = Cursor.START;
        for (Optional<LogBatch> b = reader.next(at, batch); b.isPresent(); b = reader.next(at, batch)) {
            maker.make(b.get(), line -> {
                List<String> parts = parts(line.text());
                points.put(parts.get(0) + " " + parts.get(2), parts.get(1));
            });
            at = b.get().next();
        }
        return points;
    }

    private static List<String> parts(String line) {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        return List.of(line.substring(0, first), line.substring(first + 1, last), line.substring(last + 1));
    }

    private List<String> of(String series) {
        List<String> found = new ArrayList<>();
        points(1000).forEach((key, fields) -> {
            if (key.startsWith(series)) {
                found.add(key.substring(key.lastIndexOf(' ') + 1) + " " + fields);
            }
        });
        return found;
    }

    private void tick(long hours) {
        journal.pass(hours * HOUR_MS).reading("dust-1", 20);
    }

    @Test
    void aRegionsDayIsOnePointAtItsLocalMidnightForEveryNodeAndItem() {
        journal.hour();
        tick(2);
        journal.commit();
        for (String node : List.of("410000", "410000/410700", "410000/410700/410702", "410000/410700/410702/honglou")) {
            List<String> whole = of("region,region=" + node + " ");
            assertEquals(1, whole.size(), whole::toString);
            assertTrue(whole.get(0).startsWith(DAY + "000000 sites=1i,compliant=0i,violation=1i,unknown=0i,share=0.0"), whole::toString);
            assertEquals(1, of("region,region=" + node + ",item=washing ").size());
        }
    }

    @Test
    void aDayThatEndedIsToldAgainWhenItIsSealedAndKeepsItsPoint() {
        journal.hour();
        tick(14);
        tick(2);
        journal.commit();
        List<String> washing = of("region,region=410000,item=washing ");
        assertTrue(washing.get(0).contains("violation=1i"), washing::toString);
        List<String> days = of("site,");
        assertEquals(2, days.size(), days::toString);
        assertTrue(days.get(0).startsWith(DAY + "000000 "), days::toString);
        assertTrue(days.get(1).startsWith(DAY + 24 * HOUR_MS + "000000 "), days::toString);
    }

    @Test
    void aSiteRanksByTheTimeOfTheDaysOfEachPeriod() {
        journal.hour();
        for (int day = 0; day < 9; day++) {
            tick(24);
            journal.unwashed("p" + day);
        }
        tick(2);
        journal.commit();
        List<String> days = of("site,");
        List<String> week = of("ranking,region=410000/410700/410702/honglou,site=xx-test-01,period=7d ");
        List<String> month = of("ranking,region=410000/410700/410702/honglou,site=xx-test-01,period=30d ");
        assertEquals(days.size(), week.size(), "a point a day");
        String last = week.get(week.size() - 1);
        assertTrue(last.contains("name=\"一号工地\"") && last.contains("days=7i"), last);
        assertTrue(month.get(month.size() - 1).contains("days=10i"), month::toString);
        // Days of 24 h weigh the same; the running one is shorter.
        double sum = 0;
        double hours = 0;
        for (int i = days.size() - 7; i < days.size(); i++) {
            double length = i == days.size() - 1 ? 12.25 : 24;
            sum += number(days.get(i), "violationShare") * length;
            hours += length;
        }
        assertEquals(sum / hours, number(last, "violationShare"), 0.002, last);
        assertTrue(number(last, "violationShare") > 0 && number(last, "unknownShare") > 0, last);
    }

    private static double number(String fields, String name) {
        return Double.parseDouble(fields.replaceAll(".*[ ,]" + name + "=([0-9.E-]+).*", "$1"));
    }

    @Test
    void aChartSeesUnknownWhileNobodyWatched() {
        journal.hour();
        long last = journal.now() - 60_000;
        journal.pass(6 * HOUR_MS);
        journal.add(new dustwarden.core.Entry.Resumed(journal.now(), "test", journal.refs())).commit();
        List<String> enclosure = of("item,region=410000/410700/410702/honglou,site=xx-test-01,item=enclosure ");
        List<String> gap = enclosure.stream().filter(l -> l.startsWith(String.valueOf(last + 1))).toList();
        assertEquals(1, gap.size(), enclosure::toString);
        assertFalse(gap.get(0).contains("state=1i"), gap::toString);
    }

    @Test
    void batchesOfAnySizeGiveTheSameFigures() {
        journal.hour();
        tick(16);
        tick(3);
        journal.commit();
        assertEquals(points(1000), points(1));
        assertEquals(points(1000), points(7));
    }

    @Test
    void timeThatNobodyWatchedIsNotInOrder() {
        journal.hour();
        journal.pass(6 * HOUR_MS);
        journal.add(new dustwarden.core.Entry.Resumed(journal.now(), "test", journal.refs()));
        tick(0);
        tick(1);
        journal.commit();
        String site = of("site,").get(0);
        double unknown = Double.parseDouble(site.replaceAll(".*unknownShare=([0-9.]+).*", "$1"));
        double share = Double.parseDouble(site.replaceAll(".*,share=([0-9.]+).*", "$1"));
        // Nothing but what does not apply can be in order in six of eight hours.
        assertTrue(unknown > 0.3, site);
        assertTrue(share < 0.6, site);
    }

    @Test
    void anAlarmIsOnePointThatEachTransitionMeets() {
        journal.unwashed("p1").pass(60_000);
        journal.commit();
        List<String> raised = of("alarm_record,");
        assertEquals(1, raised.stream().filter(l -> l.contains("gate-a")).count(), raised::toString);
        String id = raised.get(0).replaceAll(".*id=\"([0-9a-f]+)\".*", "$1");
        journal.pass(30_000).act("{\"act\":\"acknowledge\",\"alarm\":\"" + id + "\",\"person\":\"Li\",\"text\":\"seen\"}").commit();
        List<String> now = of("alarm_record,");
        assertEquals(raised.size(), now.size(), now::toString);
        assertTrue(now.get(0).contains("toAcknowledge=90.0"), now::toString);
    }

    @Test
    void aDeviceIsOnlineForAsLongAsItsWordCounts() {
        journal.reading("dust-1", 20);
        journal.pass(HOUR_MS).reading("dust-1", 20).pass(HOUR_MS).reading("dust-1", 20).commit();
        String day = of("device_day,region=410000/410700/410702/honglou,site=xx-test-01,device=dust-1").get(0);
        double share = Double.parseDouble(day.replaceAll(".*onlineShare=([0-9.]+).*", "$1"));
        // Three minutes of each hour.
        assertEquals(0.05, share, 0.001, day);
        assertTrue(day.contains("reports=3i") || day.contains("reports=2i"), day);
    }

    @Test
    void aBackgroundStandsAtEachSiteBelow() {
        journal.background("2026-03-14T08:00:00+08:00", 30).commit();
        List<String> found = of("background,region=410000/410700/410702/honglou,site=xx-test-01,quantity=pm10,period=PT1H");
        assertEquals(List.of(PlayedJournal.at("2026-03-14T08:00:00+08:00") + "000000 mean=30.0"), found);
    }

    @Test
    void aRestartGoesOnWithTheFiguresInHand() {
        journal.hour();
        tick(2);
        journal.commit();
        try (FakeInflux server = new FakeInflux()) {
            InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-15T00:00:00Z"));
            BatchReader reader = new BatchReader(journal.log(), (o, e) -> {}, o -> {});
            for (boolean more = true; more; ) {
                try (InfluxView view = new InfluxView(directory, server.target(), clock, Duration.ofSeconds(5))) {
                    Optional<LogBatch> next = reader.next(view.cursor(), 37);
                    next.ifPresent(view::apply);
                    more = next.isPresent();
                }
            }
            TreeMap<String, String> there = new TreeMap<>();
            for (String line : server.written) {
                List<String> parts = parts(line);
                there.put(parts.get(0) + " " + parts.get(2), parts.get(1));
            }
            assertFalse(there.isEmpty());
            // What a restart forgets of a clock is only how it came to its class.
            points(1000).forEach((key, fields) -> assertEquals(
                    fields.replaceAll("clock=\"[a-z]+\"", ""), there.getOrDefault(key, "").replaceAll("clock=\"[a-z]+\"", ""), key));
        }
    }
}
