package dustwarden.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.ContentReader;
import dustwarden.core.Entry;
import dustwarden.ledger.SqliteLedger;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures against a real InfluxDB 2; run with DUSTWARDEN_TEST_FIGURES set to the number of entries, for example 200000. */
class InfluxRatesTest {
    private static final Instant END = Instant.parse("2026-03-18T04:00:00Z");
    private static final int SITES = 200;
    private static final int ROUNDS = 6;

    @TempDir
    Path directory;

    private static QueryServer.Given given() {
        Optional<QueryServer.Given> given = QueryServer.Given.find();
        Assumptions.assumeTrue(given.isPresent() && System.getenv("DUSTWARDEN_TEST_FIGURES") != null, "no figures asked for");
        return given.orElseThrow();
    }

    private SqliteLedger outage(int entries) throws Exception {
        Path register = Files.createDirectories(directory.resolve("register"));
        for (int i = 0; i < SITES; i++) {
            Files.writeString(register.resolve("s-" + i + ".yaml"), "site: s-" + i + "\nname: {zh: 工地, en: Site}\n"
                    + "region: \"410000/4107" + i % 10 + "\"\nrulebook: henan-seven\n"
                    + "devices:\n  - {id: dust-1, kind: monitor, every: PT1M}\n  - {id: dust-2, kind: monitor, every: PT1M}\n");
        }
        Contents contents = ContentLoader.load(ContentSources.of(register, Optional.empty()), s -> s).value().orElseThrow();
        SqliteLedger ledger = SqliteLedger.open(directory, InstantSource.fixed(END), ContentReader.ZONE);
        contents.all().forEach(c -> ledger.putContent(c.kind(), c.name(), c.json().getBytes(StandardCharsets.UTF_8)));
        long start = END.toEpochMilli() - 1_000L * entries;
        List<Entry> batch = new ArrayList<>(List.of(new Entry.Resumed(start, "test", contents.refs())));
        for (int i = 1; i <= entries; i++) {
            // Each of 400 devices once a minute: 400 entries in 60 s.
            long at = start + i * 150L;
            String topic = "dust/v1/s-" + i % SITES + "/dust-" + (1 + i / SITES % 2) + "/reading";
            String body = "{\"ts\":" + at + ",\"values\":{\"pm10\":" + (50 + i % 97) + ".5,\"pm25\":" + (20 + i % 31)
                    + ",\"tsp\":200.1,\"noise\":61,\"windSpeed\":2.1,\"windDirection\":120,\"temperature\":12.6,\"humidity\":32}}";
            batch.add(new Entry.Message(at, Entry.Source.MQTT, topic, body.getBytes(StandardCharsets.UTF_8), false, Optional.empty()));
            if (batch.size() == 5_000 || i == entries) {
                ledger.append(batch, List.of(), ledger.position().nextOffset() + batch.size());
                batch.clear();
            }
        }
        return ledger;
    }

    @Test
    void writesAsFastAsItsOwnClientAndCatchesUp() throws Exception {
        QueryServer.Given given = given();
        int entries = Integer.parseInt(System.getenv("DUSTWARDEN_TEST_FIGURES"));
        String run = "rates-" + System.nanoTime();
        try (SqliteLedger ledger = outage(entries)) {
            RecentLog log = new RecentLog(ledger);
            List<String> lines = new ArrayList<>();
            InfluxLines maker = new InfluxLines(new NoFigures());
            BatchReader reader = new BatchReader(log, (o, e) -> {}, o -> {});
            Cursor at = Cursor.START;
            for (Optional<LogBatch> b = reader.next(at, 5_000); b.isPresent(); b = reader.next(at, 5_000)) {
                    maker.make(b.get(), line -> lines.add(line.text()));
                    at = b.get().next();
            }
            for (int round = 0; round < ROUNDS; round++) {
                InfluxTarget readyTarget = given.target(run + "-client-" + round, false, List.of());
                InfluxTarget viewTarget = given.target(run + "-view-" + round, false, List.of());
                Path own = Files.createDirectories(directory.resolve("view-" + round));
                Spent client;
                Spent view;
                // Each goes first in turn: neither always finds the server at rest.
                if (round % 2 == 0) {
                    client = Spent.on(() -> ready(readyTarget, lines));
                    view = Spent.on(() -> view(log, own, viewTarget));
                } else {
                    view = Spent.on(() -> view(log, own, viewTarget));
                    client = Spent.on(() -> ready(readyTarget, lines));
                }
                System.gc();
                Runtime memory = Runtime.getRuntime();
                System.out.printf(Locale.ROOT, "round %d, entries %d, lines %d: ready-made %.0f lines/s (CPU %.1f s), "
                                + "view %.0f lines/s (CPU %.1f s), share %.2f, catch-up %.0f entries/s, heap live after %d MB%n",
                        round, entries, lines.size(), lines.size() / client.wall(), client.cpu(),
                        lines.size() / view.wall(), view.cpu(), client.wall() / view.wall(), entries / view.wall(),
                        (memory.totalMemory() - memory.freeMemory()) >> 20);
                assertTrue(view.wall() > 0);
            }
        }
    }

    /** Seconds by the clock, and of this process's processor time. */
    private record Spent(double wall, double cpu) {
        interface Work {
            void run() throws Exception;
        }

        static Spent on(Work work) throws Exception {
            long cpu = processor();
            long begun = System.nanoTime();
            work.run();
            return new Spent((System.nanoTime() - begun) / 1e9, (processor() - cpu) / 1e9);
        }

        private static long processor() {
            return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }
    }

    private static void view(RecentLog log, Path own, InfluxTarget target) {
        try (InfluxView view = new InfluxView(own, target, InstantSource.fixed(END), Duration.ofSeconds(60))) {
            assertEquals(0, new Filling(log, view).run(n -> {}));
        }
    }

    private static void ready(InfluxTarget target, List<String> lines) throws Exception {
        try (InfluxWriter writer = new InfluxWriter(target, Duration.ofSeconds(60))) {
            writer.prepare();
            for (int from = 0; from < lines.size(); from += InfluxView.LINES_MAX) {
                writer.write(target.bucket(), lines.subList(from, Math.min(lines.size(), from + InfluxView.LINES_MAX)));
            }
        }
    }

    /** 2,000 sites, 30 days, 300 nodes: what the figures and alarms of such a city come to, then each query of the board. */
    @Test
    void theCityBoardAnswers() throws Exception {
        QueryServer.Given given = given();
        String bucket = "city-" + System.nanoTime();
        InfluxTarget target = given.target(bucket, false, List.of());
        long midnight = END.toEpochMilli() - 12 * 3_600_000L;
        try (InfluxWriter writer = new InfluxWriter(target, Duration.ofSeconds(60))) {
            writer.prepare();
            List<String> lines = new ArrayList<>();
            for (int day = 0; day < 30; day++) {
                long at = (midnight - day * 86_400_000L) * 1_000_000;
                for (int site = 0; site < 2_000; site++) {
                    String tags = "region=410000/41" + site % 10 + "/d" + site % 30 + "/g" + site % 290 + ",site=s-" + site;
                    lines.add("site," + tags + " name=\"工地" + site + "\",nameEn=\"Site\",lat=35.1,lon=113.9,state=" + site % 4
                            + "i,since=1i,violation=1i,unknown=0i,open=2i,urgent=0i,share=0.9,violationShare=0.1,unknownShare=0.0,"
                            + "capture=0.9,at=1i " + at);
                    for (String period : SiteRanking.PERIODS.keySet()) {
                        lines.add("ranking," + tags + ",period=" + period + " name=\"工地" + site + "\",nameEn=\"Site\",days=30i,share=0.9,"
                                + "violationShare=0.1,unknownShare=0.0 " + at);
                    }
                    for (int alarm = 0; alarm < 3; alarm++) {
                        lines.add("alarm_record," + tags + ",item=i" + site % 9 + ",priority=low,supervision=p" + site % 40
                                + " id=\"a\",open=" + (day == 0 ? 1 : 0) + "i,state=\"raised\",rule=\"r\",subject=\"s\","
                                + "raised=1i,occurrences=1i "
                                + (at + alarm * 3_600_000_000_000L + site));
                    }
                    if (lines.size() >= 4_000) {
                        writer.write(bucket, lines);
                        lines.clear();
                    }
                }
                for (int node = 0; node < 300; node++) {
                    for (int item = 0; item < 10; item++) {
                        lines.add("region,region=" + (node == 0 ? "410000" : "410000/41" + node) + (item == 0 ? "" : ",item=i" + item)
                                + " sites=9i,compliant=5i,violation=3i,unknown=1i,share=0.55,capture=0.9 " + at);
                    }
                }
            }
            writer.write(bucket, lines);
        }
        Board city = Board.all().stream().filter(b -> b.file().equals("city")).findFirst().orElseThrow();
        Map<String, String> values = new HashMap<>();
        city.variables().forEach(v -> values.put(v.path("name").asText(), Board.preset(v).orElse("")));
        try (QueryServer server = QueryServer.of(given)) {
            for (Board.Query query : city.panelQueries()) {
                double best = Double.MAX_VALUE;
                for (int i = 0; i < 3; i++) {
                    long begun = System.nanoTime();
                    server.query(bucket, city.filled(query.text(), END.toEpochMilli(), values));
                    best = Math.min(best, (System.nanoTime() - begun) / 1e9);
                }
                System.out.printf(Locale.ROOT, "%.3f s %s%n", best, query.where());
            }
        }
    }
}
