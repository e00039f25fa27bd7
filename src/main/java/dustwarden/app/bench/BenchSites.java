package dustwarden.app.bench;

import dustwarden.core.Entry.ContentRef;
import dustwarden.core.model.CanonicalJson;
import dustwarden.settings.Checked;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sites of the kind that a city has, each with a monitor, a gate, a camera, a spray and two sensors, under two rulebooks. */
final class BenchSites {
    /** One report of a device: what follows the site in its topic, and its payload. */
    record Report(String tail, String payload) {}

    /** Sites as a core takes them: the content that an entry refers to, and its canonical JSON by hash. */
    record Content(List<ContentRef> refs, Map<String, String> byHash, int sites) {}

    private BenchSites() {}

    /** As many sites as wanted, like the first of those that were read. */
    static Content like(Contents read, int sites) {
        Map<String, String> byHash = new HashMap<>(read.byHash());
        List<ContentRef> refs = new ArrayList<>();
        String first = "";
        for (ContentRef ref : read.refs()) {
            if (!ref.kind().equals("site")) {
                refs.add(ref);
            } else if (first.isEmpty()) {
                first = byHash.get(ref.sha256());
            }
        }
        String own = "\"site\":\"" + read.sites().get(0).id() + "\"";
        if (!first.contains(own)) {
            throw new IllegalStateException("a site's content does not name it as " + own);
        }
        for (int n = 0; n < sites; n++) {
            String json = first.replace(own, "\"site\":\"" + id(n) + "\"");
            String hash = CanonicalJson.sha256(json);
            byHash.put(hash, json);
            refs.add(new ContentRef("site", id(n), hash));
        }
        return new Content(refs, byHash, sites);
    }

    static String id(int n) {
        return "load-" + n;
    }

    /** Writes one site file each and reads them back as a start would. */
    static Contents write(Path directory, int sites) throws IOException {
        Files.createDirectories(directory);
        for (int n = 0; n < sites; n++) {
            Files.writeString(directory.resolve(id(n) + ".yaml"), file(n), StandardCharsets.UTF_8);
        }
        Checked<Contents> read = ContentLoader.load(
                ContentSources.of(directory, Optional.empty()), password -> "0".repeat(64));
        return read.value().orElseThrow(() -> new IllegalStateException("a site of the bench: " + read.problems().get(0)));
    }

    private static String file(int n) {
        return """
                site: %s
                name: {zh: 测量工地, en: Bench site}
                region: "410000/410700/410702"
                rulebook: [henan-seven, gb-16297-1996]
                floorArea: 8000
                phases: [{from: 2020-01-01, to: 2099-12-31, works: [earthwork, haulage]}]
                units:
                  - {id: fence-01, kind: fence, length: 200, height: 2.5}
                  - {id: soil-01, kind: soil, area: 800}
                  - {id: road-01, kind: road, area: 400}
                gates: [{id: gate-a}]
                devices:
                  - {id: dust-1, kind: monitor, every: PT1M}
                  - {id: cam-1, kind: camera, every: PT1M}
                  - {id: wash-a, kind: gate, gate: gate-a, every: PT2M}
                  - {id: fence-s1, kind: unit-sensor, units: [fence-01, soil-01, road-01], every: PT10M}
                  - {id: spray-1, kind: spray, every: PT1M, suppresses: [earthwork]}
                  - {id: dig-1, kind: activity, activity: earthwork, every: PT1M}
                """.formatted(id(n));
    }

    /** A reading of about 200 bytes. */
    static String reading(long ts, long seq, double pm10) {
        return "{\"ts\":" + ts + ",\"seq\":" + seq + ",\"values\":{\"pm10\":" + Math.round(pm10 * 10) / 10.0
                + ",\"pm25\":31.5,\"tsp\":117.2,\"noise\":58.1,\"windSpeed\":2.1,\"windDirection\":120,"
                + "\"temperature\":12.6,\"humidity\":32.0}}";
    }

    /** A truck that leaves unwashed. */
    static String unwashed(long ts, long n) {
        return "{\"ts\":" + ts + ",\"id\":\"p" + n + "\",\"direction\":\"out\",\"plate\":\"A" + n + "\",\"loaded\":true,"
                + "\"covered\":true,\"wash\":{\"seconds\":0,\"pump\":false,\"wheels\":\"dirty\"}}";
    }

    /** What a site's devices report in one minute, so that every item has something to judge. */
    static List<Report> minute(long ts, long minute, int site) {
        Report reading = new Report("dust-1/reading", reading(ts, minute, 40 + (minute * 7 + site) % 60));
        Report camera = new Report("cam-1/camera", "{\"ts\":" + ts + ",\"online\":true,\"recording\":true}");
        Report spray = new Report("spray-1/spray", "{\"ts\":" + ts + ",\"on\":true,\"flow\":12.5}");
        Report digging = new Report(
                "dig-1/activity", "{\"ts\":" + ts + ",\"activity\":\"earthwork\",\"running\":" + (minute / 60 % 2 == 0) + "}");
        Report extra = (minute + site) % 10 == 0
                ? new Report("fence-s1/unit", "{\"ts\":" + ts + ",\"unit\":\"fence-01\",\"good\":true}")
                : (minute + site) % 10 == 5
                        ? new Report("wash-a/passage", "{\"ts\":" + ts + ",\"id\":\"p" + minute
                                + "\",\"direction\":\"out\",\"loaded\":true,\"covered\":true,"
                                + "\"wash\":{\"seconds\":95,\"pump\":true,\"wheels\":\"clean\"}}")
                        : new Report("wash-a/status", "{\"state\":\"online\"}");
        return List.of(reading, camera, spray, digging, extra);
    }
}
