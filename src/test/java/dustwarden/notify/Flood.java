package dustwarden.notify;

import dustwarden.core.Content;
import dustwarden.core.ContentReader;
import dustwarden.core.DecisionJson;
import dustwarden.core.Entry;
import dustwarden.ledger.SqliteLedger;
import dustwarden.ledger.StoredDecision;
import dustwarden.notify.Platform.Kind;
import dustwarden.series.Json;
import dustwarden.series.RecentLog;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A city in which very many alarms are due at once, each to three people on three robots, with robots that count. */
final class Flood implements AutoCloseable {
    static final int SITES = 50;
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final List<String> ITEMS = List.of("washing", "coverage", "enclosure", "wet-work", "video");

    final Map<Kind, Platform> platforms = new LinkedHashMap<>();
    private final Map<Kind, RobotServer> servers = new LinkedHashMap<>();
    private final Content content;
    private final SqliteLedger ledger;
    private final RecentLog log;
    private final InstantSource clock;
    private final Path directory;
    private long number;
    private long offset;

    Flood(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
        try {
            Path register = Files.createDirectories(directory.resolve("register"));
            for (int i = 0; i < SITES; i++) {
                Files.writeString(register.resolve("s" + i + ".yaml"), """
                        site: s-%d
                        name: {zh: %d号工地, en: Site %d}
                        region: "410000/410700/410702/grid-%d"
                        rulebook: [henan-seven]
                        contacts:
                          - {role: supervisor, name: Li %d, channels: [dingtalk]}
                          - {role: manager, name: Wang %d, channels: [wecom]}
                          - {role: regulator, name: Zhao, channels: [feishu]}
                        units: [{id: fence-01, kind: fence, length: 100}]
                        devices: [{id: cam-1, kind: camera, every: PT1M}]
                        """.formatted(i, i, i, i / 10, i, i));
            }
            Contents contents = ContentLoader.load(ContentSources.of(register, Optional.empty()), s -> s).value().orElseThrow();
            content = new ContentReader(contents.byHash()::get).apply(contents.refs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ledger = SqliteLedger.open(directory, clock, ZONE);
        log = new RecentLog(ledger);
        for (Kind kind : Kind.values()) {
            Platform platform = new Platform(
                    kind, kind == Kind.WECOM ? Optional.empty() : Optional.of("SECflood"), Optional.empty(), clock);
            platforms.put(kind, platform);
            servers.put(kind, RobotServer.of(platform));
        }
    }

    /** Makes alarms due: a twentieth of them of high priority. */
    void due(int alarms) {
        List<StoredDecision> decisions = new ArrayList<>();
        long at = clock.millis();
        String time = DecisionJson.time(at, ZONE);
        for (int i = 0; i < alarms; i++) {
            int site = i % SITES;
            String item = ITEMS.get(i % ITEMS.size());
            var json = Json.object().put("type", "alarm").put("at", time).put("offset", offset)
                    .put("id", "%016x".formatted(offset * 1_000_000L + i)).put("site", "s-" + site).put("item", item)
                    .put("rule", "henan-seven/" + item).put("subject", "subject-" + i)
                    .put("priority", i % 20 == 0 ? "high" : "medium").put("transition", "raised").put("state", "raised")
                    .put("raisedAt", time).put("occurrences", 1);
            json.putArray("reasons").addObject().put("code", "unwashed").putObject("params")
                    .put("plate", "豫G" + (10_000 + i)).put("gate", "gate-a").put("at", time);
            decisions.add(decision(at, "alarm", site, json.toString()));
            for (String[] to : new String[][] {{"Li " + site, "dingtalk"}, {"Wang " + site, "wecom"}, {"Zhao", "feishu"}}) {
                decisions.add(decision(at, "notice", site, Json.object().put("type", "notice").put("at", time)
                        .put("offset", offset).put("site", "s-" + site).put("alarm", json.path("id").asText())
                        .put("receiver", to[0]).put("channel", to[1]).put("transition", "raised").toString()));
            }
        }
        ledger.append(List.of(new Entry.Tick(at)), decisions, offset + 1);
        offset++;
    }

    private StoredDecision decision(long at, String type, int site, String json) {
        return new StoredDecision(number++, offset, at, type, Optional.of("s-" + site), json.getBytes(StandardCharsets.UTF_8));
    }

    Notices.Setup setup() {
        AckLinks links = new AckLinks(Optional.of(URI.create("https://dust.example")), new byte[32]);
        Map<String, Way> ways = new HashMap<>();
        ways.put("log", Way.of(new LogChannel(clock)));
        Robot dingtalk = robot(Kind.DINGTALK, "/robot/send?access_token=" + Platform.TOKEN);
        Robot wecom = robot(Kind.WECOM, "/cgi-bin/webhook/send?key=" + Platform.TOKEN);
        Robot feishu = robot(Kind.FEISHU, "/open-apis/bot/v2/hook/" + Platform.TOKEN);
        Quota twenty = Quota.of(18, OptionalInt.empty(), OptionalInt.empty());
        ways.put("dingtalk", new Way(new DingTalkChannel(dingtalk, clock), twenty, Optional.empty(), true));
        ways.put("wecom", new Way(new WeComChannel(wecom), twenty, Optional.empty(), true));
        ways.put("feishu", new Way(new FeishuChannel(feishu, clock),
                Quota.of(90, OptionalInt.of(4), OptionalInt.empty()), Optional.empty(), true));
        return new Notices.Setup(ways, () -> content, new NoticeWords(() -> content, links, clock), clock, ZONE, act -> true, false);
    }

    private Robot robot(Kind kind, String path) {
        Optional<String> secret = kind == Kind.WECOM ? Optional.empty() : Optional.of("SECflood");
        return new Robot(servers.get(kind).url(path), secret, "zh", Optional.empty(), List.of());
    }

    /** A start of the room on what is on disk. */
    Notices notices(Optional<java.util.concurrent.Executor> lane) {
        return new Notices(directory, log, setup(), lane);
    }

    @Override
    public void close() {
        servers.values().forEach(RobotServer::close);
        ledger.close();
    }
}
