package dustwarden.core;

import dustwarden.core.alarm.AlarmAct;
import dustwarden.core.alarm.AlarmBook;
import dustwarden.core.alarm.AlarmEvent;
import dustwarden.core.alarm.Ladder;
import dustwarden.core.alarm.Terms;
import dustwarden.core.decode.Decoded;
import dustwarden.core.decode.Hj212Frame;
import dustwarden.core.honesty.Doubt;
import dustwarden.core.judge.FactKind;
import dustwarden.core.judge.Judgement;
import dustwarden.core.judge.Outage;
import dustwarden.core.judge.RegionFacts;
import dustwarden.core.judge.SiteFacts;
import dustwarden.core.judge.Subject;
import dustwarden.core.judge.WorkFace;
import dustwarden.core.model.Device;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Site;
import dustwarden.core.model.Values;
import dustwarden.core.rule.LimitRule;
import dustwarden.core.rule.Rule;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Judges one site: takes in what is reported of it, wakes the rules that it concerns, and says what changed. */
final class SiteMonitor {
    private static final long SETTLE_EVERY_MS = 600_000;

    private final SiteState state;
    private final SiteTimers.Timer timer;
    private final Teller teller;
    private final RuleMonitor.Out verdicts = this::verdict;
    private final Consumer<AlarmEvent> alarms = this::told;
    private final SiteCovers covers;
    private final SiteFilings filings;
    private Ladder ladder = Ladder.NONE;
    private int devicesMin = CommonCause.DEFAULT.devicesMin();
    private Site site;
    private List<Content.Bound> bound = List.of();
    private List<Content.Bound> inForce = List.of();
    private List<Rule> ofWorks = List.of();
    private Docket watching = Docket.EMPTY;
    private long dayEnd;
    private final EnumSet<FactKind> changed = EnumSet.noneOf(FactKind.class);
    private boolean all;
    private boolean stirred;
    private long touchedFrom = Long.MAX_VALUE;
    /** Until when nothing is to be done unless something comes, epoch ms. */
    private long dueAt = Long.MIN_VALUE;
    private long now;
    private long offset;
    private Consumer<Decision> out;

    /** A site that is registered from {@code now} on. */
    SiteMonitor(Site site, Content content, long now) {
        this(new SiteState(new SiteFacts(site, now, content.meansOf(site)), new AlarmBook(site.id())), site);
    }

    /** A site whose stored state is read again; {@link #bind} must follow. */
    SiteMonitor(SiteState state, Site site) {
        this.state = state;
        this.timer = new SiteTimers.Timer(site.id());
        this.site = site;
        this.teller = new Teller(site.id());
        this.covers = new SiteCovers(state, site);
        this.filings = new SiteFilings(this);
    }

    SiteState state() {
        return state;
    }

    SiteTimers.Timer timer() {
        return timer;
    }

    Site site() {
        return site;
    }

    /**
     * Puts the register entry and rules in force from {@code at} on: observations and open windows stay, a rule with the
     * same id and text keeps its state, a changed one judges anew, alarms of a removed one close.
     */
    void bind(Site itsSite, Content content, List<RegionFacts> regions, long at, long entry, Consumer<Decision> to) {
        state.doubts.registered(site, itsSite);
        site = itsSite;
        enter(at, entry, to);
        ladder = new Ladder(site.contacts(), site.alarms(), site.zone());
        devicesMin = content.common().devicesMin();
        teller.bind(ladder);
        covers.bind(site);
        state.alarms.bind(ladder, covers);
        state.facts.bind(itsSite, regions);
        state.facts.use(content.meansOf(itsSite));
        state.means.follow(state.facts.windows(), at);
        bound = content.rulesOf(itsSite);
        RuleMonitor.bind(state.rules, bound);
        if (state.day == Long.MIN_VALUE) {
            state.day = site.dayStart(at);
        }
        dayEnd = site.dayEnd(state.day);
        forceOn(site.localDate(at));
        all = true;
        dueAt = Long.MIN_VALUE;
    }

    /** What is kept of a device that is registered. */
    Ear ear(Device device) {
        return new Ear(site, device, state);
    }

    /** Gives it the facts of other sites in the nearest region; they explain and judge nothing. */
    void neighbours(Supplier<List<SiteFacts>> others) {
        state.facts.neighbours(others);
    }

    /** The register has the site no more: every open alarm of it closes as withdrawn. */
    void unregistered(long at, long entry, Consumer<Decision> to) {
        enter(at, entry, to);
        state.alarms.withdraw(Set.of(), now, alarms);
    }

    /** After a stored state was bound again: nothing is to be judged that was not due. */
    void resumed() {
        all = false;
    }

    private void forceOn(LocalDate date) {
        inForce = bound.stream().filter(b -> b.rule().head().inForce(date)).toList();
        ofWorks = PlanWatch.rules(inForce);
        watching = new Docket(monitors(inForce), monitors(bound));
        Set<String> items = new TreeSet<>(ItemMonitor.ALWAYS);
        inForce.stream().filter(b -> !b.shadow()).forEach(b -> items.add(b.rule().head().item()));
        state.items.keySet().retainAll(items);
        items.forEach(item -> state.items.computeIfAbsent(item, ItemMonitor::new));
        Set<String> alarming = new TreeSet<>(Terms.OF_NO_RULEBOOK);
        inForce.stream().filter(b -> !b.shadow()).forEach(b -> alarming.add(b.rule().head().id()));
        state.alarms.withdraw(alarming, now, alarms);
    }

    private List<RuleMonitor> monitors(List<Content.Bound> rules) {
        return rules.stream().map(b -> state.rules.get(b.rule().head().id())).toList();
    }

    /** Sets the moment and the entry that what follows belongs to. */
    void enter(long at, long entry, Consumer<Decision> to) {
        now = at;
        offset = entry;
        out = to;
    }

    /** Takes in an accepted observation of a device; a repetition is refused. */
    Optional<Decoded.Rejected> observe(Observation observation, Ear ear, boolean retained) {
        Device device = ear.device();
        if (observation instanceof Observation.Status status) {
            if (retained && status.online() || retained && ear.facts().heardAt(now)) {
                return Optional.empty();
            }
            changed.addAll(status.online() ? state.facts.hear(device, ear.facts(), now) : state.facts.offline(device, ear.facts(), now));
            if (!retained) {
                state.doubts.status(status, device, this::doubted);
            }
            return Optional.empty();
        }
        DeviceState memory = ear.memory();
        // Where a maker's message has no time of its own, no two reports are of the same moment.
        boolean timeless = device.profile().isPresent() && observation.ts() == now;
        Optional<Decoded.Rejected> again = timeless ? Optional.empty() : memory.seen.check(observation, now);
        if (again.isPresent()) {
            return again;
        }
        if (!(observation instanceof Observation.Interval)) {
            // Interval data is dated by its start, which tells nothing of the clock.
            ClockTrust.heard(state.facts, ear, observation.ts(), now, offset).ifPresent(out);
        }
        if (observation instanceof Observation.Reading r && r.seq().isPresent()) {
            memory.gaps.take(r.seq().getAsLong());
        }
        Set<FactKind> kinds = state.facts.apply(observation, device, ear.facts(), now, offset, !retained);
        if (kinds.remove(FactKind.WINDOW)) {
            Values late = observation instanceof Observation.Interval i
                    ? i.values()
                    : ((Observation.Reading) observation).values();
            late.forEach((quantity, v) -> state.means.late(state.facts, device.id(), quantity, observation.ts(), now));
            dueAt = Long.MIN_VALUE;
        }
        changed.addAll(kinds);
        // Evidence against the plan is told once a device and local day.
        PlanWatch.news(site, ofWorks, observation, memory, now).ifPresent(numbers -> out.accept(
                new Decision.Finding(now, offset, site.id(), device.id(), "plan-contradicted", numbers)));
        if (observation instanceof Observation.Reading r) {
            state.doubts.reading(r, device, this::doubted);
        } else if (observation instanceof Observation.Spray s) {
            state.doubts.spray(s);
        }
        touchedFrom = observation.ts() < state.day ? Math.min(touchedFrom, observation.ts()) : touchedFrom;
        return Optional.empty();
    }

    private void doubted(Doubt doubt) {
        out.accept(new Decision.Finding(now, offset, site.id(), doubt.device(), doubt.kind().wire(), doubt.numbers()));
    }

    /** Puts the sub-packets of a frame together: what comes out is what is known of one moment. */
    Decoded join(Device device, Hj212Frame frame, Decoded decoded) {
        dueAt = Long.MIN_VALUE;
        return PartsWatch.join(state, device, frame, decoded, now);
    }

    /** A device said something that was accepted and holds nothing for the judges. */
    void heard(Device device) {
        changed.addAll(state.facts.hear(device, state.facts.device(device.id()), now));
    }

    /** A report of the device was refused for its time. */
    void timeRefused(Ear ear) {
        ClockTrust.refused(state.facts, ear, now, offset).ifPresent(out);
    }

    /** Something was published for a region above the site. */
    void regionChanged(FactKind kind, long ts) {
        changed.add(kind);
        touchedFrom = ts < state.day ? Math.min(touchedFrom, ts) : touchedFrom;
    }

    void file(Outage outage) {
        changed.addAll(state.facts.file(outage));
        touchedFrom = outage.from() < state.day ? Math.min(touchedFrom, outage.from()) : touchedFrom;
    }

    void declare(WorkFace face) {
        changed.addAll(state.facts.faces().declare(face));
    }

    SiteFilings filings() {
        return filings;
    }

    /** Rules about particulates that bind the site. */
    List<LimitRule> limits() {
        return Content.limits(bound);
    }

    void spray(SprayAct act) {
        out.accept(new Decision.Finding(now, offset, site.id(), act.device(), act.kind(), act.numbers()));
        act.subject().ifPresent(s -> update(Terms.SPRAY_WITHOUT_EFFECT, List.of(s)));
    }

    Ladder ladder() {
        return ladder;
    }

    SiteCovers covers() {
        return covers;
    }

    void watch(boolean up, long at) {
        changed.addAll(state.facts.watch(up, at));
    }

    AlarmBook.Outcome act(AlarmAct act) {
        return state.alarms.act(act, now, alarms);
    }

    /** Something other than its devices' reports concerns it: all that alarms wait for is looked at. */
    void stir() {
        stirred = true;
    }

    /** Whether nothing that came and no time that passed asks for a judgement. */
    boolean rests() {
        return now < dueAt && !all && !stirred && changed.isEmpty() && touchedFrom == Long.MAX_VALUE && !state.dark
                && !state.doubts.moved() && !state.doubts.hasFreshPrints();
    }

    /** When time alone may change something, epoch ms. */
    long nextAt() {
        long next = Math.min(Math.min(dayEnd, state.partsAt), Math.min(state.silenceAt, state.alarmsAt));
        next = Math.min(next, state.means.nextAt());
        next = Math.min(next, watching.nextAt());
        dueAt = Math.min(next, state.settledAt + SETTLE_EVERY_MS);
        return next;
    }

    /** Judges what was touched or is due, and says what changed. */
    void evaluate() {
        state.lookedAt = now;
        if (now >= dayEnd) {
            dayEnded();
        }
        PartsWatch.overdue(state, site, now, (observation, device) -> observe(observation, ear(device), false));
        long window = state.means.tick(state.facts, inForce, now, offset, out);
        if (window != Long.MAX_VALUE) {
            changed.add(FactKind.WINDOW);
            touchedFrom = window < state.day ? Math.min(touchedFrom, window) : touchedFrom;
        }
        Set<String> items = Set.of();
        int kinds = RuleMonitor.mask(changed);
        for (int i = 0; i < watching.size(); i++) {
            if (!all && !watching.calls(i, kinds, state.facts, now)) {
                continue;
            }
            RuleMonitor rule = watching.rule(i);
            boolean news = rule.judge(state.facts, now, verdicts);
            watching.note(i);
            if (!rule.bound().shadow()) {
                if (news) {
                    items = items.isEmpty() ? new HashSet<>() : items;
                    items.add(rule.head().item());
                }
                update(rule.terms(), rule.last().subjects());
            }
        }
        watching.seal(state.facts, kinds, touchedFrom, state.day, now, verdicts);
        if (all || !items.isEmpty()) {
            ItemRound.combine(state, site, watching.rules(), all ? state.items.keySet() : items, now, offset, out);
        }
        if (all || SilenceWatch.isDue(state, changed, now)) {
            SilenceWatch.round(state, site, devicesMin, now, offset, alarms);
            stirred = true;
        }
        if (all || state.doubts.takeMoved()) {
            update(Terms.DATA_DOUBTFUL, DoubtWatch.subjects(state.doubts));
        }
        if (stirred || now >= state.alarmsAt) {
            tickAlarms();
        }
        stirred = false;
        all = false;
        changed.clear();
        touchedFrom = Long.MAX_VALUE;
        if (now >= state.settledAt + SETTLE_EVERY_MS) {
            state.settledAt = now;
            state.facts.settle(now);
            state.rules.values().forEach(r -> r.forgetBefore(now - SiteFacts.KEPT_MS));
        }
    }

    private void update(Terms terms, List<Subject> subjects) {
        state.alarms.update(terms, subjects, now, offset, alarms);
        stirred = true;
    }

    private void tickAlarms() {
        filings.tick(now, offset, out);
        state.alarms.tick(now, offset, alarms);
        if (covers.siteMoved()) {
            // What the alarm of the whole site speaks for, or no longer does.
            state.alarms.tick(now, offset, alarms);
        }
        state.alarmsAt = Math.min(state.alarms.nextAt(now), state.waivers.nextChange(now));
    }

    private void dayEnded() {
        while (now >= dayEnd) {
            for (RuleMonitor rule : watching.rules()) {
                if (dayEnd > state.facts.countsFrom()) {
                    rule.dayEnded(state.day);
                }
            }
            state.doubts.day(site, site.localDate(dayEnd), dayEnd, this::doubted);
            state.day = dayEnd;
            dayEnd = site.dayEnd(state.day);
        }
        forceOn(site.localDate(now));
        all = true;
    }

    private void verdict(RuleMonitor rule, Judgement j, long from, boolean isFinal, Optional<String> id, Optional<String> supersedes,
            boolean flips) {
        out.accept(ItemRound.ofRule(rule, j, from, state.facts, now, offset, isFinal, id, supersedes));
        if (flips && !rule.bound().shadow()) {
            teller.correction(id.orElseThrow(), now, offset, out);
        }
    }

    private void told(AlarmEvent event) {
        teller.tell(event, now, offset, out);
    }
}
