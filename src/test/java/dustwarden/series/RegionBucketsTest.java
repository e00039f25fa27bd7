package dustwarden.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A region's bucket holds what lies at or below the region, and its login reads that and nothing else. */
class RegionBucketsTest {
    private static final String HENAN = "410000";
    private static final String OTHER = "130000/130100";

    @TempDir
    Path directory;

    @Test
    void aLineGoesToTheBucketsOfTheRegionsAboveIt() {
        InfluxTarget target = new InfluxTarget(URI.create("http://localhost"), "o", "dust", "t", false, List.of(HENAN, OTHER));
        assertEquals(Set.of("dust", "dust_410000", "dust_130000-130100"), target.buckets().keySet());
        assertEquals(List.of("dust", "dust_410000"), target.buckets(line("410000/410700")));
        assertEquals(List.of("dust", "dust_410000"), target.buckets(line("410000")));
        assertEquals(List.of("dust"), target.buckets(line("4100001")));
        assertEquals(List.of("dust"), target.buckets(line("130000")));
        assertEquals(List.of("dust", "dust_130000-130100"), target.buckets(line("130000/130100/130102")));
    }

    private static InfluxLine line(String region) {
        return InfluxLine.of(Schema.Measurement.REGION)
                .tag(Schema.REGION, region).tag(Schema.ITEM, "").field(Schema.SITES, 1).at(1, 0).orElseThrow();
    }

    @Test
    void aRegionsLoginReadsItsOwnRegionOnlyOnARealInfluxDb() throws Exception {
        Optional<QueryServer.Given> given = QueryServer.Given.find();
        if (given.isEmpty()) {
            System.out.println("SKIPPED: no real InfluxDB 2 is given (DUSTWARDEN_TEST_INFLUX_URL, _TOKEN and _ORG)");
        }
        Assumptions.assumeTrue(given.isPresent(), "no real InfluxDB 2");
        String bucket = "regions-" + System.nanoTime();
        InfluxTarget target = given.get().target(bucket, false, List.of(HENAN, OTHER));
        try (DemoJournal journal = new DemoJournal(directory);
                InfluxView view = new InfluxView(directory, target, InstantSource.fixed(DemoJournal.END), Duration.ofSeconds(60))) {
            new Filling(new RecentLog(journal.ledger()), view).run(at -> {});
        }
        Path out = directory.resolve("logins");
        ProcessBuilder script = new ProcessBuilder("bash", "grafana/regions.sh", out.toString(), HENAN, OTHER);
        script.environment().putAll(Map.of("INFLUX_URL", given.get().url(), "INFLUX_ORG", given.get().org(),
                "INFLUX_TOKEN", given.get().token(), "INFLUX_BUCKET", bucket));
        Process process = script.inheritIO().start();
        assertEquals(0, process.waitFor());
        String login = Files.readString(out.resolve("410000.login"));
        assertEquals(Set.of("xx-hongqi-01", "zz-jinshui-02"), sites(given.get(), login, bucket + "_410000"));
        for (String foreign : List.of(bucket, bucket + "_130000-130100")) {
            assertTrue(sites(given.get(), login, foreign).isEmpty(), foreign);
        }
        assertFalse(sites(given.get(), Files.readString(out.resolve("130000-130100.login")), bucket + "_130000-130100").isEmpty());
    }

    /** The sites that a login sees in a bucket. */
    private static Set<String> sites(QueryServer.Given given, String login, String bucket) throws Exception {
        String query = URLEncoder.encode("SHOW TAG VALUES FROM \"site\" WITH KEY = \"site\"", StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(given.url() + "/query?db=" + bucket + "&q=" + query))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        List<String> found = new ArrayList<>();
        if (answer.statusCode() == 200) {
            Json.parse(answer.body()).at("/results/0/series/0/values").forEach(v -> found.add(v.get(1).asText()));
        }
        return new HashSet<>(found);
    }
}
