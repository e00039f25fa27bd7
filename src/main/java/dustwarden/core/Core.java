package dustwarden.core;

import dustwarden.core.decode.Decoded;
import dustwarden.core.decode.Hj212Decoder;
import dustwarden.core.decode.OwnDecoder;
import dustwarden.core.judge.FactKind;
import dustwarden.core.judge.RegionFacts;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind.Stream;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Site;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The core: a state machine without I/O, clock, threads or log. The same entries give the same decisions, byte for byte.
 *
 * <p>Each entry moves the clock to its received time; timers due before it fire first, in order.
 */
public final class Core {
    private static final String CONTENT = "core/content";
    private static final String REGIONAL = "core/regional";

    private final Function<List<Entry.ContentRef>, Content> contents;
    private final TreeMap<String, SiteMonitor> sites = new TreeMap<>();
    private final TreeMap<String, RegionFacts> regions = new TreeMap<>();
    private final TopicRoutes routes = new TopicRoutes(sites);
    private final Births births = new Births(key -> sites.get(key.site()).state().memory(key.device()).aliases);
    private final RegionalAlarms regional = new RegionalAlarms(sites, regions);
    private final SiteActs acts = new SiteActs(sites, regional);
    private final SiteTimers timers = new SiteTimers();
    private final SiteTimers.Timer regionalTimer = new SiteTimers.Timer(RegionalAlarms.SITE);
    private final Touched touched = new Touched();
    private List<Entry.ContentRef> refs = List.of();
    private Content content;
    private boolean judged;
    private long now = Long.MIN_VALUE;
    private long offset = -1;
    private List<Decision> out = new ArrayList<>();
    private final Consumer<Decision> sink = decision -> out.add(decision);
    private Optional<List<Taken>> taken = Optional.empty();

    /** @param contents gives the content that an entry refers to by its hashes */
    public Core(Function<List<Entry.ContentRef>, Content> contents) {
        this.contents = contents;
    }

    /** The core's time, epoch ms; {@code Long.MIN_VALUE} before the first entry. */
    public long now() {
        return now;
    }

    /** The content in force. */
    public Content content() {
        return content;
    }

    /** The zone that a decision's times are written in. */
    public ZoneId zoneOf(Decision decision) {
        return decision.concerns()
                .map(sites::get)
                .map(m -> m.site().zone())
                .orElseGet(() -> content == null ? ZoneId.of("Asia/Shanghai") : content.zone());
    }

    /** Puts content in force without judging yet: the first entry will. */
    public void prepare(List<Entry.ContentRef> first, long at) {
        use(first);
        now = at;
        offset = 0;
        bind();
    }

    private void use(List<Entry.ContentRef> others) {
        refs = List.copyOf(others);
        content = contents.apply(others);
    }

    /** Takes one entry and answers what it decides, timers that were due before it included. */
    public List<Decision> step(long entryOffset, Entry entry) {
        out = new ArrayList<>();
        boolean told = entry instanceof Entry.Message || entry instanceof Entry.Frame;
        taken = told ? Optional.empty() : Optional.of(List.of());
        if (entry instanceof Entry.Resumed && now != Long.MIN_VALUE) {
            forEach(m -> m.watch(false, now));
        }
        runBefore(entry.received());
        now = Math.max(now, entry.received());
        offset = entryOffset;
        take(entry);
        return out;
    }

    /**
     * What the last step took from its entry, as {@link Taken#from} would find it again; empty for what comes seldom,
     * where that must be asked.
     */
    public Optional<List<Taken>> taken() {
        return taken;
    }

    /** Lets time pass: fires what is due up to and including {@code until}. */
    public List<Decision> runUntil(long until) {
        out = new ArrayList<>();
        runBefore(until + 1);
        now = Math.max(now, until);
        return out;
    }

    /**
     * All states, to be stored: sites under {@code site/}, regions under {@code region/} with their node, and under
     * {@code core/content} what content they were judged by.
     */
    public Map<String, Object> states() {
        TreeMap<String, Object> found = new TreeMap<>();
        found.put(CONTENT, new ArrayList<>(refs));
        found.put(REGIONAL, regional.state());
        sites.forEach((id, monitor) -> found.put("site/" + id, monitor.state()));
        regions.forEach((node, facts) -> found.put("region/" + node, facts));
        touched.clear();
        return found;
    }

    /** The states of sites and regions that were touched since either method was last called. */
    public Map<String, Object> changedStates() {
        TreeMap<String, Object> found = new TreeMap<>();
        if (!touched.isEmpty()) {
            found.put(CONTENT, new ArrayList<>(refs));
            found.put(REGIONAL, regional.state());
        }
        touched.sites().stream().filter(monitor -> sites.get(monitor.site().id()) == monitor)
                .forEach(monitor -> found.put("site/" + monitor.site().id(), monitor.state()));
        touched.regions().stream().filter(regions::containsKey).forEach(node -> found.put("region/" + node, regions.get(node)));
        touched.clear();
        return found;
    }

    /** Takes stored states back, as they were at {@code at} after {@code entryOffset}. */
    public void restore(Map<String, Object> states, long at, long entryOffset) {
        List<Entry.ContentRef> stored = new ArrayList<>();
        if (states.get(CONTENT) instanceof List<?> list) {
            list.forEach(ref -> stored.add((Entry.ContentRef) ref));
        }
        use(stored);
        now = at;
        offset = entryOffset;
        states.forEach((key, state) -> {
            String id = key.substring(key.indexOf('/') + 1);
            if (state instanceof RegionalState r) {
                regional.restore(r);
            } else if (state instanceof RegionFacts facts) {
                regions.put(id, facts);
            } else if (state instanceof SiteState s) {
                content.register().site(id).ifPresent(site -> sites.put(id, new SiteMonitor(s, site)));
            }
        });
        bind();
        sites.values().forEach(SiteMonitor::resumed);
        judged = true;
        timers.clear();
        sites.values().forEach(this::schedule);
        regional.resumed();
        timers.set(regionalTimer, regional.nextAt());
    }

    private void runBefore(long end) {
        for (Optional<SiteTimers.Timer> due = timers.takeBefore(end); due.isPresent(); due = timers.takeBefore(end)) {
            now = Math.max(now, due.get().at());
            if (due.get() != regionalTimer) {
                judge(sites.get(due.get().site()));
            }
            settleRegions();
        }
    }

    /** What concerns the site came from elsewhere than its devices. */
    private void evaluate(SiteMonitor monitor) {
        monitor.stir();
        judge(monitor);
    }

    private void judge(SiteMonitor monitor) {
        monitor.enter(now, offset, sink);
        touched.add(monitor);
        if (monitor.rests()) {
            monitor.state().lookedAt = now;
            return;
        }
        monitor.evaluate();
        schedule(monitor);
        regional.judged(monitor, now);
    }

    /** What many sites have in common is one alarm of their region, which speaks for theirs. */
    private void settleRegions() {
        if (regional.isDue(now)) {
            touched.all();
            regional.settle(now, offset, sink).forEach(this::evaluate);
            timers.set(regionalTimer, regional.nextAt());
        }
    }

    private void schedule(SiteMonitor monitor) {
        // What was due by now has just been done; asking again at the same instant would never end.
        timers.set(monitor.timer(), Math.max(monitor.nextAt(), monitor.state().lookedAt + 1));
    }

    private void forEach(Consumer<SiteMonitor> each) {
        for (SiteMonitor monitor : sites.values()) {
            monitor.enter(now, offset, sink);
            each.accept(monitor);
        }
    }

    private void take(Entry entry) {
        if (entry instanceof Entry.Message m) {
            message(m);
        } else if (entry instanceof Entry.Resumed r) {
            use(r.contents());
            bind();
            forEach(m -> m.watch(true, now));
            regional.watch(true, now);
            judged = false;
        } else if (entry instanceof Entry.Changed c) {
            use(c.contents());
            bind();
            sites.values().forEach(this::evaluate);
        } else if (entry instanceof Entry.Act a) {
            acts.take(a, now, offset, sink, this::evaluate);
        } else if (entry instanceof Entry.Link l && l.name().equals("mqtt")) {
            forEach(m -> m.watch(l.up(), now));
            regional.watch(l.up(), now);
            sites.values().forEach(this::evaluate);
        } else if (entry instanceof Entry.Frame f) {
            frame(f);
        }
        if (!judged) {
            // After prepare or a start the first entry judges every site, whatever it is.
            judged = true;
            sites.values().forEach(this::evaluate);
        }
        settleRegions();
    }

    private void bind() {
        routes.forget();
        for (String gone : List.copyOf(sites.keySet())) {
            if (content.register().site(gone).isEmpty()) {
                // No rule binds it any more; its alarms close by name, for none may just vanish.
                timers.forget(sites.get(gone).timer());
                sites.remove(gone).unregistered(now, offset, out::add);
            }
        }
        for (Site site : content.register().sites()) {
            SiteMonitor monitor = sites.computeIfAbsent(site.id(), id -> new SiteMonitor(site, content, now));
            List<RegionFacts> above = new ArrayList<>();
            String[] nodes = site.region().split("/");
            for (int i = nodes.length - 1; i >= 0; i--) {
                above.add(regions.computeIfAbsent(nodes[i], n -> new RegionFacts()));
            }
            monitor.neighbours(() -> Neighbours.of(regional.below(nodes[nodes.length - 1]), monitor));
            monitor.bind(site, content, above, now, offset, sink);
        }
        regional.bind(content.common());
    }

    private void message(Entry.Message message) {
        births.hear(content.makers(), message);
        List<Makers.Answer> makers = births.read(content.makers(), message, now);
        if (!makers.isEmpty()) {
            makers(message, makers);
            return;
        }
        Optional<TopicRoutes.Route> route = routes.of(message.topic());
        if (message.oversize().isPresent() || message.payload().length > OwnDecoder.PAYLOAD_BYTES_MAX) {
            OptionalLong length = message.oversize().map(o -> OptionalLong.of(o.length())).orElse(OptionalLong.empty());
            Decoded refused = OwnDecoder.decode(content.register(), message.topic(), message.payload(), length, now).get(0);
            reject(route, message.topic(), OptionalInt.empty(), (Decoded.Rejected) refused);
            return;
        }
        List<Decoded> all = route.isPresent()
                ? OwnDecoder.decode(route.get().monitor().site(), route.get().device(), route.get().stream(), message.payload(), now)
                : OwnDecoder.decode(content.register(), message.topic(), message.payload(), OptionalLong.empty(), now);
        List<Taken> found = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            OptionalInt element = all.size() > 1 ? OptionalInt.of(i) : OptionalInt.empty();
            if (all.get(i) instanceof Decoded.Rejected refused) {
                reject(route, message.topic(), element, refused);
            } else if (all.get(i) instanceof Decoded.Accepted accepted
                    && accept(accepted, route, element, message)
                    && route.isPresent()) {
                for (Observation observation : accepted.observations()) {
                    found.add(route.get().ear().taken(observation));
                }
            }
        }
        if (route.isPresent()) {
            taken = Optional.of(found);
            judge(route.get().monitor());
        }
    }

    private void makers(Entry.Message message, List<Makers.Answer> answers) {
        Set<SiteMonitor> spokenTo = new LinkedHashSet<>();
        List<Taken> found = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            Makers.Answer answer = answers.get(i);
            SiteMonitor monitor = sites.get(answer.site().id());
            Optional<TopicRoutes.Route> route = Optional.of(new TopicRoutes.Route(monitor, answer.device(), Stream.STATUS));
            OptionalInt element = answers.size() > 1 ? OptionalInt.of(i) : OptionalInt.empty();
            monitor.enter(now, offset, sink);
            if (answer.decoded() instanceof Decoded.Rejected refused) {
                reject(route, message.topic(), element, refused);
            } else if (answer.decoded() instanceof Decoded.Accepted accepted) {
                if (accepted.observations().isEmpty() && !message.retained()) {
                    monitor.heard(answer.device());
                }
                if (accept(accepted, route, element, message)) {
                    found.addAll(Taken.of(answer, accepted, message));
                }
            }
            spokenTo.add(monitor);
        }
        taken = Optional.of(found);
        spokenTo.forEach(this::judge);
    }

    /** Answers false where one of its observations was refused. */
    private boolean accept(
            Decoded.Accepted accepted, Optional<TopicRoutes.Route> route, OptionalInt element, Entry.Message message) {
        boolean fine = true;
        for (Observation observation : accepted.observations()) {
            if (observation instanceof Observation.Background background) {
                regions.computeIfAbsent(background.site(), n -> new RegionFacts()).add(background, offset);
                region(background.site(), FactKind.BACKGROUND, background.ts());
                regional.published();
            } else if (observation instanceof Observation.Order order) {
                regions.computeIfAbsent(order.site(), n -> new RegionFacts()).add(order);
                region(order.site(), FactKind.ORDER, order.ts());
            } else if (route.isPresent()) {
                route.get().monitor().enter(now, offset, sink);
                Optional<Decoded.Rejected> refused = route.get().observe(observation, message.retained());
                refused.ifPresent(r -> reject(route, message.topic(), element, r));
                fine &= refused.isEmpty();
            }
        }
        return fine;
    }

    private void region(String node, FactKind kind, long ts) {
        touched.add(node);
        for (SiteMonitor monitor : regional.below(node)) {
            monitor.enter(now, offset, sink);
            monitor.regionChanged(kind, ts);
            evaluate(monitor);
        }
    }

    private void reject(Optional<TopicRoutes.Route> route, String topic, OptionalInt element, Decoded.Rejected refused) {
        if (route.isPresent() && refused.reason().startsWith("time-")) {
            route.get().monitor().enter(now, offset, sink);
            route.get().monitor().timeRefused(route.get().ear());
        }
        out.add(TopicRoutes.rejection(route, topic, element, refused, now, offset));
    }

    private void frame(Entry.Frame frame) {
        Hj212Decoder.Result result = Hj212Decoder.decode(frame.frame(), frame.note(), content.register(), now);
        Optional<SiteMonitor> monitor = result.sender().map(key -> sites.get(key.site()));
        Optional<Device> device = result.sender().flatMap(key -> monitor.flatMap(m -> m.site().device(key.device())));
        Optional<TopicRoutes.Route> route = device.map(d -> new TopicRoutes.Route(monitor.get(), d, Stream.READING));
        monitor.ifPresent(m -> m.enter(now, offset, out::add));
        Decoded whole = device.isPresent() && result.frame().isPresent()
                ? monitor.get().join(device.get(), result.frame().get(), result.decoded())
                : result.decoded();
        if (whole instanceof Decoded.Rejected refused) {
            reject(route, "", OptionalInt.empty(), refused);
        } else if (whole instanceof Decoded.Accepted accepted && device.isPresent()) {
            if (accepted.observations().isEmpty()) {
                monitor.get().heard(device.get());
            }
            for (int i = 0, n = accepted.observations().size(); i < n; i++) {
                OptionalInt element = n > 1 && whole == result.decoded() ? OptionalInt.of(i) : OptionalInt.empty();
                route.get().observe(accepted.observations().get(i), false).ifPresent(r -> reject(route, "", element, r));
            }
        }
        monitor.ifPresent(this::judge);
    }
}
