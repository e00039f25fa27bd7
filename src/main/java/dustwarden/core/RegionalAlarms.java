package dustwarden.core;

import dustwarden.core.alarm.AlarmAct;
import dustwarden.core.alarm.AlarmBook.Outcome;
import dustwarden.core.alarm.AlarmEvent;
import dustwarden.core.alarm.Covers;
import dustwarden.core.alarm.Terms;
import dustwarden.core.judge.Reason;
import dustwarden.core.judge.RegionFacts;
import dustwarden.core.judge.Subject;
import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.rule.LimitRule;
import dustwarden.core.rule.RuleHead.Priority;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Alarms that concern a whole region, under the reserved site id {@code region}: many sites silent at once, a dust storm, a
 * background station that is lost, our own link down. Each speaks for the alarms of the sites below it, which are raised and
 * recorded all the same and told to nobody.
 */
final class RegionalAlarms {
    /** The site id of what concerns no single site. */
    static final String SITE = "region";

    private static final long MINUTE = 60_000;

    private static final Terms SILENT = terms("region-silent", "devices");
    private static final Terms DUST = terms("region-dust", "particulates");
    private static final Terms BACKGROUND = terms("background-lost", "particulates");
    static final Terms LINK = terms("link-down", "devices");
    /** A channel that brings no notice any more; other channels tell of it at once. */
    static final Terms CHANNEL = new Terms("channel-dead", "devices", Priority.HIGH, 0, 0, 0);

    private static final Set<String> SILENCES = Set.of(Terms.DEVICE_SILENT.rule(), Terms.SITE_SILENT.rule());

    private static final NodeOutlook NOTHING = new NodeOutlook();

    private final Map<String, SiteMonitor> sites;
    private final Map<String, RegionFacts> facts;
    private final TreeMap<String, List<SiteMonitor>> below = new TreeMap<>();
    private final RegionalTeller teller;
    private final CopiesDesk copies;
    private CommonCause common = CommonCause.DEFAULT;
    private final Map<String, SiteOutlook> outlooks = new HashMap<>();
    private final Map<String, NodeOutlook> together = new HashMap<>();
    private final Set<String> toLookAt = new TreeSet<>();
    /** Sites that a rule about particulates binds, and those that one holds against a background. */
    private final Set<String> limited = new TreeSet<>();
    private final Set<String> wanting = new TreeSet<>();
    /** Ids of the alarms that stand, by rule and subject. */
    private Map<String, String> up = new TreeMap<>();
    private RegionalState state = new RegionalState();
    private long backgroundAt = Long.MAX_VALUE;
    private boolean moved;

    /**
     * @param sites by id, read at each look
     * @param facts by region node, read at each look
     */
    RegionalAlarms(Map<String, SiteMonitor> sites, Map<String, RegionFacts> facts) {
        this.sites = sites;
        this.facts = facts;
        this.copies = new CopiesDesk(sites);
        this.teller = new RegionalTeller(sites.values(), this::below);
    }

    private static Terms terms(String rule, String item) {
        return new Terms(rule, item, Priority.MEDIUM, MINUTE, MINUTE, 10 * MINUTE);
    }

    RegionalState state() {
        return state;
    }

    /** Sites below a node, in the order of their ids. */
    List<SiteMonitor> below(String node) {
        return below.getOrDefault(node, List.of());
    }

    /** Takes a stored state back. */
    void restore(RegionalState stored) {
        state = stored;
    }

    /** The register or the thresholds changed: which sites lie below which node, and when their trouble is one. */
    void bind(CommonCause thresholds) {
        common = thresholds;
        teller.bind();
        copies.bind();
        below.clear();
        outlooks.keySet().retainAll(sites.keySet());
        limited.clear();
        wanting.clear();
        for (SiteMonitor monitor : sites.values()) {
            for (LimitRule rule : monitor.limits()) {
                limited.add(monitor.site().id());
                if (rule.form() == LimitRule.Form.ABOVE_BACKGROUND) {
                    wanting.add(monitor.site().id());
                }
            }
            for (String node : nodes(monitor)) {
                below.computeIfAbsent(node, n -> new ArrayList<>()).add(monitor);
            }
        }
        add();
        state.alarms.bind(teller::ladder, new Nested());
        toLookAt.addAll(below.keySet());
        // What stands for a node that is gone returns.
        up.keySet().forEach(key -> toLookAt.add(key.substring(key.indexOf('|') + 1)));
    }

    /** Adds up anew what the sites below each node look like. */
    private void add() {
        together.clear();
        for (SiteMonitor monitor : sites.values()) {
            SiteOutlook outlook = outlooks.getOrDefault(monitor.site().id(), SiteOutlook.NOTHING);
            for (String node : nodes(monitor)) {
                NodeOutlook there = together.computeIfAbsent(node, n -> new NodeOutlook());
                there.add(outlook);
                if (limited.contains(monitor.site().id())) {
                    there.addLimited();
                }
            }
        }
    }

    private static Set<String> nodes(SiteMonitor monitor) {
        return new LinkedHashSet<>(List.of(monitor.site().region().split("/")));
    }

    /** After stored states were bound again: what every site looks like, without deciding anything. */
    void resumed() {
        // As each looked when it was last judged: what falls due at this very instant is still to come.
        sites.values().forEach(monitor -> outlooks.put(monitor.site().id(), outlook(monitor, monitor.state().lookedAt)));
        add();
        toLookAt.clear();
        backgrounds();
        up = state.alarms.up();
        speak();
    }

    private static SiteOutlook outlook(SiteMonitor monitor, long at) {
        return SiteOutlook.of(monitor.state(), monitor.site(), at);
    }

    /** A site was judged: its nodes are looked at again if it looks otherwise. */
    void judged(SiteMonitor monitor, long now) {
        copies.judged(monitor);
        SiteOutlook outlook = outlook(monitor, now);
        SiteOutlook before = outlooks.put(monitor.site().id(), outlook);
        if (!outlook.equals(before)) {
            for (String node : nodes(monitor)) {
                NodeOutlook there = together.get(node);
                there.remove(before == null ? SiteOutlook.NOTHING : before);
                there.add(outlook);
                toLookAt.add(node);
            }
        }
    }

    /** Our own link went down or came up, or we started anew. */
    void watch(boolean linkUp, long now) {
        moved = true;
        state.linkUp = linkUp;
        if (linkUp) {
            state.watchingSince = now;
        }
        backgrounds();
    }

    /** A channel brings nothing any more, or does again, as the other side answered. */
    void channel(String name, boolean works, String answer, long now, long offset, Consumer<Decision> out) {
        moved = true;
        List<Reason> why = works ? List.of() : List.of(Reason.of(CHANNEL.rule(), "channel", name, "answer", answer));
        Subject stands = new Subject(name, works ? Standing.IN_ORDER : Standing.BROKEN, 0, OptionalDouble.empty(),
                OptionalDouble.empty(), why);
        state.alarms.update(CHANNEL, List.of(stands), now, offset, event -> tell(event, now, offset, out));
    }

    /** A background was published. */
    void published() {
        moved |= hasOpen(BACKGROUND);
        backgrounds();
    }

    /** When time alone may change something, epoch ms. */
    long nextAt() {
        return Math.max(Math.min(state.alarms.nextAt(state.lookedAt), backgroundAt), state.lookedAt + 1);
    }

    /** Whether {@link #settle} has anything to do. */
    boolean isDue(long now) {
        return moved || !toLookAt.isEmpty() || copies.isWaiting() || nextAt() <= now;
    }

    /** Decides what is to be decided; answers the sites that are to be judged again. */
    List<SiteMonitor> settle(long now, long offset, Consumer<Decision> out) {
        List<SiteMonitor> again = copies.settle(now, offset, out);
        again.addAll(spokenFor(now, offset, out));
        return again;
    }

    /** The sites whose alarms somebody else speaks for now, or no longer. */
    private List<SiteMonitor> spokenFor(long now, long offset, Consumer<Decision> out) {
        state.lookedAt = now;
        Consumer<AlarmEvent> told = event -> tell(event, now, offset, out);
        for (String node : List.copyOf(toLookAt)) {
            NodeOutlook there = together.getOrDefault(node, NOTHING);
            state.alarms.update(common.with(SILENT), List.of(silent(node, there, now)), now, offset, told);
            state.alarms.update(common.with(DUST), List.of(dust(node, there, now)), now, offset, told);
        }
        toLookAt.clear();
        moved = false;
        state.alarms.update(LINK, List.of(subject("mqtt", state.linkUp ? Standing.IN_ORDER : Standing.BROKEN, "link-down")),
                now, offset, told);
        if (backgroundAt <= now || hasOpen(BACKGROUND)) {
            backgrounds();
            lost(now).forEach(subject -> state.alarms.update(common.with(BACKGROUND), List.of(subject), now, offset, told));
        }
        state.alarms.tick(now, offset, told);
        Map<String, String> standing = state.alarms.up();
        if (standing.equals(up)) {
            return List.of();
        }
        up = standing;
        // Smaller regions are spoken for by the larger.
        state.alarms.tick(now, offset, told);
        return speak();
    }

    private boolean hasOpen(Terms terms) {
        return up.keySet().stream().anyMatch(key -> key.startsWith(terms.rule() + "|"));
    }

    private Subject silent(String node, NodeOutlook there, long now) {
        return many(node, "region-silent", there.live(), there.dark(), there.darkSince(now - common.silentWithinMs()));
    }

    private Subject dust(String node, NodeOutlook there, long now) {
        return many(node, "region-dust", there.limited(), there.dusty(), there.dustySince(now - common.dustWithinMs()));
    }

    /** So great a share of the sites, and no fewer than some, fell together; it is over when hardly any are left. */
    private Subject many(String node, String code, int of, int there, int lately) {
        Standing standing = lately >= common.sitesMin() && lately >= common.share() * of ? Standing.BROKEN
                : there <= common.left() * of ? Standing.IN_ORDER : Standing.UNCLEAR;
        return new Subject(node, standing, 0, OptionalDouble.of(there), OptionalDouble.empty(),
                standing == Standing.BROKEN ? List.of(Reason.of(code, "region", node, "of", (long) of)) : List.of());
    }

    private static Subject subject(String id, Standing standing, String code) {
        return new Subject(id, standing, 0, OptionalDouble.empty(), OptionalDouble.empty(),
                standing == Standing.BROKEN ? List.of(Reason.of(code, "region", id)) : List.of());
    }

    /** Nodes whose background some site wants, with when the next is given up, epoch ms. */
    private Map<String, Long> awaited() {
        Map<String, Long> found = new TreeMap<>();
        facts.forEach((node, published) -> {
            OptionalLong due = published.nextBackgroundBy();
            boolean wanted = below(node).stream()
                    .anyMatch(m -> wanting.contains(m.site().id()));
            if (wanted && due.isPresent()) {
                found.put(node, Math.max(due.getAsLong(), state.watchingSince) + common.backgroundAwaitedMs());
            }
        });
        return found;
    }

    private void backgrounds() {
        backgroundAt = state.linkUp
                ? awaited().values().stream().filter(at -> at > state.lookedAt).mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE)
                : Long.MAX_VALUE;
    }

    private List<Subject> lost(long now) {
        List<Subject> found = new ArrayList<>();
        awaited().forEach((node, at) -> found.add(subject(node,
                at > now ? Standing.IN_ORDER : state.linkUp ? Standing.BROKEN : Standing.UNCLEAR, "background-lost")));
        return found;
    }

    private void tell(AlarmEvent event, long now, long offset, Consumer<Decision> out) {
        teller.tell(event, event instanceof AlarmEvent.Tell tell ? state.alarms.about(tell.alarm()) : Optional.empty(), now, offset, out);
    }

    /** Tells every site which alarms of the region speak for its own; answers those for which that changed. */
    private List<SiteMonitor> speak() {
        List<SiteMonitor> changed = new ArrayList<>();
        for (SiteMonitor monitor : sites.values()) {
            Map<String, Predicate<Covers.About>> parents = new TreeMap<>();
            for (String node : nodes(monitor)) {
                Optional.ofNullable(up.get(SILENT.rule() + "|" + node))
                        .ifPresent(id -> parents.put(id, about -> SILENCES.contains(about.rule())));
                Optional.ofNullable(up.get(DUST.rule() + "|" + node))
                        .ifPresent(id -> parents.put(id, about -> about.item().equals(DUST.item())));
            }
            if (monitor.covers().speakFor(parents)) {
                changed.add(monitor);
            }
        }
        return changed;
    }

    boolean knows(String alarm) {
        return state.alarms.knows(alarm);
    }

    Outcome act(AlarmAct act, long now, long offset, Consumer<Decision> out) {
        moved = true;
        return state.alarms.act(act, now, event -> tell(event, now, offset, out));
    }

    /** An alarm of a larger region speaks for that of a smaller one in it. */
    private final class Nested implements Covers {
        @Override
        public Optional<Cover> over(About about, long now) {
            for (SiteMonitor monitor : below(about.subject())) {
                for (String node : nodes(monitor)) {
                    if (node.equals(about.subject())) {
                        break;
                    }
                    String above = up.get(about.rule() + "|" + node);
                    if (above != null) {
                        return Optional.of(new Cover(above, false));
                    }
                }
                return Optional.empty();
            }
            return Optional.empty();
        }

        @Override
        public long nextChange(long now) {
            return Long.MAX_VALUE;
        }
    }
}
