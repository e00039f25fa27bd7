package dustwarden.app.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dustwarden.core.Content;
import dustwarden.core.Entry;
import dustwarden.core.model.Site;
import dustwarden.intake.Arrival;
import dustwarden.intake.MqttSource;
import dustwarden.intake.PemTls;
import dustwarden.live.MqttOut;
import dustwarden.live.MqttTarget;
import dustwarden.notify.AckDesk;
import dustwarden.notify.AckLinks;
import dustwarden.notify.NoticeWords;
import dustwarden.notify.Notices;
import dustwarden.notify.Way;
import dustwarden.series.Listed;
import dustwarden.series.LogBatch;
import dustwarden.series.RecentLog;
import dustwarden.series.SiteViews;
import dustwarden.settings.Settings;
import dustwarden.settings.Settings.Purpose;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/** What acts on the world outside: notices to people, and alarms and checklists over MQTT. */
final class Outside implements AutoCloseable {
    private static final int CLIENT_ID_BYTES = 9;
    private static final int ACT_BYTES = 1_024;

    private final Node.Plan plan;
    private final RecentLog recent;
    private final SiteViews sites;
    private final Map<String, Way> ways;
    private final AckLinks links;
    private final Notices notices;
    private final Predicate<Arrival> inbox;
    private volatile boolean listening;
    private final AtomicReference<Optional<MqttOut>> mqtt = new AtomicReference<>(Optional.empty());

    private Outside(
            Node.Plan plan, RecentLog recent, Supplier<Content> content, SiteViews sites, Predicate<Arrival> inbox) {
        this.plan = plan;
        this.inbox = inbox;
        this.recent = recent;
        this.sites = sites;
        this.links = new AckLinks(plan.settings().publicUrl(), plan.ledger().secret("links"));
        this.ways = new Channels(plan.settings(), plan.wall(), this::post).all();
        this.notices = new Notices(plan.data(), recent, new Notices.Setup(
                ways, content, new NoticeWords(content, links, plan.wall()), plan.wall(), plan.settings().zone(),
                this::journal, plan.purpose() == Purpose.DEMO));
        notices.start();
    }

    /** Only once the entry of our own start is in the inbox: it is the first. */
    private boolean journal(String act) {
        return listening && inbox.test(Arrival.of(received -> new Entry.Act(received, act), ACT_BYTES));
    }

    /** Begins to send notices; ends with the rest. */
    static Outside begun(Node.Plan plan, RecentLog recent, Supplier<Content> content, SiteViews sites,
            Predicate<Arrival> inbox, Closing closing) {
        Outside outside = new Outside(plan, recent, content, sites, inbox);
        closing.add("notices", outside::close);
        return outside;
    }

    /** Publishes one message over the connection that alarms take. */
    CompletableFuture<Void> post(String topic, byte[] body) {
        return mqtt.get()
                .map(out -> out.post(topic, body))
                .orElseGet(() -> CompletableFuture.failedFuture(new IOException("MQTT out has not started")));
    }

    /** Begins to publish; what was committed since the last stop goes out first. */
    void publishTo(URI broker, Optional<MqttSource.Login> login, Collection<Site> registered) throws IOException {
        boolean own = plan.settings().mqtt().broker().isEmpty();
        Optional<SSLSocketFactory> tls = own || !broker.getScheme().equals("ssl")
                ? Optional.empty()
                : Optional.of(PemTls.factory(tls(plan.settings())));
        String id = "dwo" + HexFormat.of().formatHex(plan.ledger().secret("node"), 0, CLIENT_ID_BYTES);
        MqttTarget target = new MqttTarget(
                broker, id, login.map(MqttSource.Login::username), login.map(MqttSource.Login::password), tls);
        MqttOut out = new MqttOut(plan.data(), recent, target, sites::checklist);
        out.start(registered.stream().map(Site::id).toList());
        mqtt.set(Optional.of(out));
        listening = true;
    }

    static MqttSource.Tls tls(Settings settings) {
        Settings.Tls tls = settings.mqtt().tls();
        return new MqttSource.Tls(tls.ca(), tls.certificate(), tls.key());
    }

    /** Decisions were committed. */
    void wake() {
        mqtt.get().ifPresent(MqttOut::wake);
        notices.wake();
    }

    /** A batch is in the series store, so checklists that it changed can be read there. */
    void stored(LogBatch batch) {
        Optional<MqttOut> out = mqtt.get();
        if (out.isEmpty() || batch.decisions().isEmpty()) {
            return;
        }
        Set<String> changed = new LinkedHashSet<>();
        batch.decisions().stream().filter(d -> d.is("verdict")).forEach(d -> changed.add(d.site()));
        changed.forEach(out.get()::checklistChanged);
    }

    void measured(Metrics metrics) {
        metrics.view("notices", notices::lag);
        metrics.view("mqtt-out", () -> mqtt.get().map(MqttOut::lag).orElse(0L));
        metrics.notices(List.copyOf(ways.keySet()), (channel, fate) -> notices.counts().getOrDefault(channel + "/" + fate, 0L));
    }

    /** What links in notices lead to. */
    AckDesk acknowledging() {
        return notices.links(links);
    }

    Listed notices(
            Optional<String> alarm, Optional<String> fate, Optional<Set<String>> sites, int limit, Optional<String> cursor) {
        return notices.list(alarm, fate, sites, limit, cursor);
    }

    /** How much each receiver was told. */
    ArrayNode load(Optional<Set<String>> sites, long from, long to) {
        return notices.load(sites, from, to);
    }

    @Override
    public void close() {
        mqtt.get().ifPresent(MqttOut::close);
        notices.close();
    }
}
