package dustwarden.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A city of sites as files: a register and the scenario that its devices play, with the troubles of ordinary days.
 *
 * <p>Five districts, as many contractors; each site has a supervisor, and cadences that differ from site to site. Particulates,
 * wind and weather are recorded hours (see {@code devices/data/ATTRIBUTION.md}); trucks, covers, cameras, sprays and work are
 * made up, openly, by a seeded chance.
 */
final class CitySites {
    static final int DISTRICTS = 5;
    static final int CONTRACTORS = 5;
    /** Sites whose gateway is down for {@link #GATEWAY_MINUTES} in the forenoon: one in so many. */
    private static final int GATEWAY_EACH = 25;
    static final int GATEWAY_MINUTES = 50;

    private static final String DATA = "../data/beijing-2015-04.csv";
    private static final List<String> STATIONS = List.of("Dongsi", "Gucheng", "Nongzhanguan", "Tiantan", "Wanliu");
    private static final List<String> MONITOR = List.of("PT1M", "PT1M", "PT2M", "PT5M");
    private static final List<String> CAMERA = List.of("PT1M", "PT5M", "PT2M");
    private static final List<String> FENCE = List.of("PT10M", "PT30M");

    private final Path directory;
    private final int sites;
    private final long seed;

    CitySites(Path directory, int sites, long seed) {
        this.directory = directory;
        this.sites = sites;
        this.seed = seed;
    }

    Path register() {
        return directory.resolve("sites");
    }

    Path scenario() {
        return directory.resolve("scenarios").resolve("city.yaml");
    }

    static String id(int n) {
        return "city-%02d".formatted(n);
    }

    static String supervisor(int n) {
        return "Supervisor %02d".formatted(n);
    }

    /** Whether a site's gateway is one of those that go down. */
    static boolean loses(int n) {
        return n % GATEWAY_EACH == GATEWAY_EACH / 2;
    }

    void write() throws IOException {
        Files.createDirectories(register());
        Files.createDirectories(scenario().getParent());
        StringBuilder scenario = new StringBuilder("scenario: city\nseed: " + seed + "\ndata: " + DATA + "\nsites:\n");
        for (int n = 0; n < sites; n++) {
            Files.writeString(register().resolve(id(n) + ".yaml"), register(n));
            scenario.append(script(n, new Random(seed * 1_000 + n)));
        }
        scenario.append("regions:\n");
        for (int d = 0; d < DISTRICTS; d++) {
            scenario.append("  - node: \"").append(district(d)).append("\"\n    background: "
                    + "{stations: [Aotizhongxin, Dingling, Huairou], column: PM10, delay: PT12M}\n");
        }
        Files.writeString(scenario(), scenario);
    }

    private static String district(int d) {
        return "13010" + (d + 2);
    }

    private static <T> T nth(List<T> all, int n) {
        return all.get(n % all.size());
    }

    private static String register(int n) {
        String robot = "robot-" + n;
        return """
                site: %s
                name: {zh: %d号工地, en: Site %d}
                region: "130000/130100/%s"
                rulebook: [henan-seven, hebei-db13-2934-2019]
                floorArea: 18000
                contacts:
                  - {role: supervisor, name: %s, channels: [%s]}
                  - {role: project-manager, name: Manager %02d, channels: [%s]}
                  - {role: contractor, name: Contractor %d, channels: [firm-%d]}
                  - {role: regulator, name: Inspector %d, channels: [district-%d]}
                alarms:
                  ladder: [{role: supervisor}, {role: project-manager}, {role: contractor, after: PT4H}, {role: regulator, after: PT24H}]
                phases: [{from: 2020-01-01, to: 2099-12-31, works: [earthwork, haulage], face: 260}]
                units:
                  - {id: fence-01, kind: fence, length: 140, height: 2.5}
                  - {id: fence-02, kind: fence, length: 100, height: 2.5}
                  - {id: soil-01, kind: soil, area: 1300}
                  - {id: soil-02, kind: soil, area: 500}
                  - {id: road-01, kind: road, area: 640}
                gates: [{id: gate-a, wheelCamera: true}]
                devices:
                  - {id: dust-1, kind: monitor, every: %s, calibrated: 2026-01-20}
                  - {id: dust-2, kind: monitor, every: %s, calibrated: 2026-01-20}
                  - {id: cam-1, kind: camera, every: %s}
                  - {id: cam-2, kind: camera, every: %s}
                  - {id: cam-3, kind: camera, every: PT1M}
                  - {id: cam-4, kind: camera, every: PT1M}
                  - {id: wash-a, kind: gate, gate: gate-a, every: PT2M}
                  - {id: fence-s1, kind: unit-sensor, units: [fence-01, fence-02], every: %s}
                  - {id: survey-1, kind: unit-sensor, units: [road-01], every: P1D}
                  - {id: spray-1, kind: spray, every: PT1M, suppresses: [earthwork]}
                  - {id: dig-1, kind: activity, activity: earthwork, every: PT1M}
                  - {id: haul-1, kind: activity, activity: haulage, every: PT1M}
                """.formatted(id(n), n, n, district(n % DISTRICTS), supervisor(n), robot, n, robot, n % CONTRACTORS,
                n % CONTRACTORS, n % DISTRICTS, n % DISTRICTS, nth(MONITOR, n), nth(MONITOR, n), nth(CAMERA, n), nth(CAMERA, n),
                nth(FENCE, n));
    }

    private static String script(int n, Random chance) {
        String station = nth(STATIONS, n);
        double dusty = 0.9 + 0.3 * chance.nextDouble();
        return """
                - file: ../sites/%s.yaml
                  devices:
                    dust-1:
                      readings: %s
                    dust-2:
                      readings: %s
                    cam-2:
                      units:
                        - {unit: soil-01, every: PT1H, source: camera,
                           changes: [{from: "06:50", to: "18:10", share: 0.85, active: true}]}
                        - {unit: soil-02, every: PT1H, source: camera}
                    survey-1:
                      units: [{unit: road-01, times: ["00:10"], source: survey, by: supervision}]
                    wash-a:
                      passages:
                        - {direction: in, from: "06:50", to: "17:20", every: PT26M, jitter: PT5M, plates: 冀A, loaded: false}
                        - {direction: out, from: "07:10", to: "17:40", every: PT26M, jitter: PT6M, plates: 冀A, cargo: spoil,
                           wash: [60, 130]}
                    spray-1:
                      on: [{from: "06:58", to: "12:02", flow: 15}, {from: "12:58", to: "18:02", flow: 15}]
                    dig-1:
                      running: [{from: "07:00", to: "12:00", zone: soil-01}, {from: "13:00", to: "18:00", zone: soil-01}]
                    haul-1:
                      running: [{from: "07:00", to: "11:50", zone: road-01}, {from: "13:10", to: "17:50", zone: road-01}]
                  troubles: %s
                """.formatted(id(n), air(station, dusty), air(station, dusty * 0.94), troubles(chance)).indent(2);
    }

    private static String air(String station, double scale) {
        return """
                {pm10: {station: S, column: PM10, scale: %.2f, noise: 4}, windSpeed: {station: S, column: WSPM, noise: 0.2}, \
                windDirection: {station: S, column: WDDEG, shape: hold, noise: 8, decimals: 0}, \
                temperature: {station: S, column: TEMP, shape: linear, noise: 0.1}, \
                humidity: {station: S, column: RH, shape: linear, noise: 0.4}, \
                rain: {station: S, column: RAIN, shape: spread, decimals: 4}}"""
                .formatted(scale).replace("station: S", "station: " + station);
    }

    /** What goes wrong on a day: a truck or two on most sites, a cover or a fence on every second, a device on every third. */
    private static String troubles(Random chance) {
        List<String> all = new ArrayList<>();
        for (int i = chance.nextInt(3); i > 0; i--) {
            all.add("{kind: unwashed-truck, device: wash-a, at: " + time(430 + chance.nextInt(620)) + "}");
        }
        if (chance.nextInt(4) == 0) {
            all.add("{kind: open-load, device: wash-a, at: " + time(430 + chance.nextInt(620)) + "}");
        }
        if (chance.nextInt(2) == 0) {
            String what = chance.nextBoolean() ? "fence-s1, unit: fence-02" : "cam-2, unit: soil-02";
            all.add("{kind: torn-net, device: " + what + ", " + span(chance.nextInt(1_200), 30 + chance.nextInt(150)) + ", share: 0.7}");
        }
        if (chance.nextInt(3) == 0) {
            all.add("{kind: dry-work, device: spray-1, " + span(440 + chance.nextInt(500), 20 + chance.nextInt(40)) + "}");
        }
        if (chance.nextInt(5) == 0) {
            all.add("{kind: camera-dark, device: cam-1, " + span(chance.nextInt(1_200), 60 + chance.nextInt(60)) + "}");
        }
        if (chance.nextInt(8) == 0) {
            all.add("{kind: dead-monitor, device: dust-2, " + span(chance.nextInt(1_200), 30 + chance.nextInt(30)) + "}");
        }
        if (chance.nextInt(25) == 0) {
            all.add("{kind: wrong-clock, device: dust-2, " + span(chance.nextInt(1_200), 50) + ", error: PT-3H-2M-11S}");
        }
        return "[" + String.join(", ", all) + "]";
    }

    private static String span(int from, int minutes) {
        return "from: " + time(from) + ", to: " + time(from + minutes);
    }

    private static String time(int minute) {
        return "\"%02d:%02d\"".formatted(minute / 60 % 24, minute % 60);
    }
}
