package dustwarden.core.judge;

import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Site;
import dustwarden.core.rule.RuleHead;
import dustwarden.core.rule.UnitsRule;
import dustwarden.core.rule.UnitsRule.Cameras;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Judges the video item: enough cameras, each online, recording and unblocked, with a budget of bad minutes a day.
 *
 * <p>Minutes that a camera calls bad count; minutes in which it is silent only widen the bounds.
 */
public final class CamerasJudge implements RuleJudge {
    private static final long MINUTE = 60_000;

    private static final long DAY_MS = 86_400_000;

    private final RuleHead head;
    private final Cameras terms;

    public CamerasJudge(UnitsRule rule) {
        this.head = rule.head();
        this.terms = rule.cameras().orElseThrow(() -> new IllegalArgumentException("a camera rule has camera terms"));
    }

    @Override
    public Set<FactKind> wakes() {
        return EnumSet.of(FactKind.CAMERA, FactKind.HEARD, FactKind.WATCH);
    }

    @Override
    public Judgement now(SiteFacts facts, long now) {
        return judge(facts, facts.site().dayStart(now), now, true);
    }

    @Override
    public Optional<Judgement> day(SiteFacts facts, long dayStart, long now) {
        return Optional.of(judge(facts, dayStart, facts.site().dayEnd(dayStart), false));
    }

    @Override
    public List<Step> steps(SiteFacts facts, long now) {
        Site site = facts.site();
        long dayStart = site.dayStart(now);
        long from = Math.max(dayStart, facts.countsFrom(head));
        List<Step> steps = new ArrayList<>();
        for (Device camera : site.devices()) {
            if (camera.kind() != DeviceKind.CAMERA) {
                continue;
            }
            Watch watch = watch(facts, camera, dayStart, now, now, new ArrayList<>());
            for (StateLine.Stretch<CameraState> s : facts.camera(camera.id()).stretches(from, now)) {
                boolean filed = s.value().isPresent() && s.value().get().bad() && Silence.filed(facts, camera.id(), s.from());
                String state = s.value().isEmpty() ? "silent" : filed ? "filed" : s.value().get().bad() ? "bad" : "good";
                steps.add(Step.of("stretch", "camera", camera.id(), "from", s.from(), "to", s.to(), "state", state,
                        "offset", s.offset()));
            }
            steps.add(Step.of("camera", "camera", camera.id(), "badMs", watch.badMs, "silentMs", watch.silentMs));
        }
        steps.add(Step.of("terms", "needed", (long) needed(site), "dayMs", site.dayEnd(dayStart) - dayStart, "budgetMs", terms.budgetMs()));
        return steps;
    }

    /** One camera's day so far. */
    private record Watch(
            Device camera, long badMs, long silentMs, long outageMs, Optional<CameraState> state, MonitoringKept.Standing kept) {
        /** Nothing adds up while it is heard and shows what it should. */
        boolean fine() {
            return state.isPresent() && !state.get().bad() && kept.brokenSince().isEmpty();
        }
    }

    private Judgement judge(SiteFacts facts, long dayStart, long end, boolean running) {
        Site site = facts.site();
        List<Device> cameras = site.devices().stream().filter(d -> d.kind() == DeviceKind.CAMERA).toList();
        int needed = needed(site);
        Sum sum = new Sum();
        register(cameras.size(), needed, sum);
        double day = site.dayEnd(dayStart) - dayStart;
        double sofar = Math.max(1, end - Math.max(dayStart, facts.countsFrom(head)));
        for (Device camera : cameras) {
            Watch watch = watch(facts, camera, dayStart, end, running ? end : end - 1, sum.proof);
            sum.high += 1 - minutes(watch.badMs) / day;
            sum.low += 1 - Math.min(1, (minutes(watch.badMs) + minutes(watch.silentMs)) / day);
            sum.known += 1 - Math.min(1, watch.silentMs / sofar);
            add(camera, watch, verdict(facts, watch, end, running), sum);
            sum.nextAt = Math.min(sum.nextAt, nextAt(facts, watch, end));
            sum.carriesUntil = Math.min(sum.carriesUntil, watch.fine() ? outageEdge(facts, camera, end) : Long.MIN_VALUE);
        }
        int count = Math.max(needed, cameras.size());
        double low = clamp(sum.low / count);
        return new Judgement(sum.state(), low, Math.max(low, clamp(sum.high / count)),
                clamp(cameras.isEmpty() ? 0 : sum.known / cameras.size()), sum.reasons(), Judgement.proofOf(sum.proof),
                OptionalLong.of(dayStart), OptionalLong.of(site.dayEnd(dayStart)), sum.subjects, sum.nextAt, running ? sum.carriesUntil : Long.MIN_VALUE);
    }

    /** What was added up over the cameras. */
    private static final class Sum {
        double low;
        double high;
        double known;
        long nextAt = Long.MAX_VALUE;
        long carriesUntil = Long.MAX_VALUE;
        final List<Reason> violations = new ArrayList<>();
        final List<Reason> unknowns = new ArrayList<>();
        final List<Reason> notes = new ArrayList<>();
        final List<Subject> subjects = new ArrayList<>();
        final List<Long> proof = new ArrayList<>();

        State state() {
            return !violations.isEmpty() ? State.VIOLATION : !unknowns.isEmpty() ? State.UNKNOWN : State.COMPLIANT;
        }

        List<Reason> reasons() {
            return !violations.isEmpty() ? violations : !unknowns.isEmpty() ? unknowns : notes;
        }
    }

    /** How many cameras the size of the works asks for. */
    private int needed(Site site) {
        boolean large = site.floorArea().orElse(0) >= terms.largeFloorArea() || site.linear().orElse(0) >= terms.linearMin();
        return large ? terms.largeCount() : terms.smallCount();
    }

    /** What the register alone says. */
    private static void register(int registered, int needed, Sum sum) {
        if (registered >= needed) {
            sum.subjects.add(new Subject("site", Standing.IN_ORDER, 0, OptionalDouble.empty(), OptionalDouble.empty(), List.of()));
            return;
        }
        Reason why = Reason.of("too-few-cameras", "registered", (long) registered, "needed", (long) needed);
        sum.violations.add(why);
        sum.subjects.add(new Subject(
                "site", Standing.BROKEN, 0, OptionalDouble.of(registered), OptionalDouble.of(needed), List.of(why)));
    }

    private void add(Device camera, Watch watch, Verdict verdict, Sum sum) {
        List<Reason> to = verdict.state == State.VIOLATION
                ? sum.violations
                : verdict.state == State.UNKNOWN ? sum.unknowns : sum.notes;
        to.addAll(verdict.reasons);
        sum.subjects.add(new Subject(camera.id(), verdict.standing, 0, OptionalDouble.of(minutes(watch.badMs) / MINUTE),
                OptionalDouble.of((double) terms.budgetMs() / MINUTE), verdict.reasons));
    }

    private Watch watch(SiteFacts facts, Device camera, long dayStart, long end, long at, List<Long> proof) {
        StateLine<CameraState> line = facts.camera(camera.id());
        long from = Math.max(dayStart, facts.countsFrom(head));
        long bad = 0;
        long silent = 0;
        for (StateLine.Stretch<CameraState> s : line.stretches(from, end)) {
            if (s.value().isEmpty()) {
                silent += s.length();
            } else if (s.value().get().bad() && !Silence.filed(facts, camera.id(), s.from())) {
                bad += s.length();
                proof.add(s.offset());
            }
        }
        Optional<CameraState> last = line.at(end);
        long outage = last.map(CameraState::bad).orElse(false) ? outage(line, Math.max(dayStart - DAY_MS, facts.countsFrom(head)), end) : 0;
        return new Watch(camera, bad, silent, outage, last,
                MonitoringKept.at(facts, camera, at, terms.notKeptAfterMs(), at));
    }

    /** How long the outage that runs at {@code end} has lasted, midnight notwithstanding. */
    private static long outage(StateLine<CameraState> line, long from, long end) {
        long since = end;
        List<StateLine.Stretch<CameraState>> stretches = line.stretches(from, end);
        for (int i = stretches.size() - 1; i >= 0; i--) {
            if (!stretches.get(i).value().map(CameraState::bad).orElse(false)) {
                break;
            }
            since = stretches.get(i).from();
        }
        return end - since;
    }

    private record Verdict(State state, Standing standing, List<Reason> reasons) {}

    private Verdict verdict(SiteFacts facts, Watch watch, long end, boolean running) {
        String id = watch.camera.id();
        if (watch.kept.brokenSince().isPresent()) {
            String since = Silence.iso(facts.site(), watch.kept.brokenSince().getAsLong());
            return new Verdict(State.VIOLATION, Standing.BROKEN,
                    List.of(Reason.of("monitoring-not-kept", "device", id, "since", since)));
        }
        if (watch.badMs > terms.budgetMs()) {
            return new Verdict(State.VIOLATION, Standing.BROKEN,
                    List.of(Reason.of("budget-used-up", "camera", id, "budgetMinutes", terms.budgetMs() / MINUTE)));
        }
        if (!running) {
            return watch.badMs + watch.silentMs > terms.budgetMs()
                    ? new Verdict(State.UNKNOWN, Standing.UNCLEAR, List.of(Reason.of("camera-not-heard", "camera", id)))
                    : new Verdict(State.COMPLIANT, Standing.IN_ORDER, List.of());
        }
        if (watch.state.isEmpty()) {
            Reason why = facts.device(id).heardAt(end)
                    ? Reason.of("no-camera-status", "camera", id)
                    : Silence.why(facts, watch.camera, end);
            return new Verdict(State.UNKNOWN, Standing.UNCLEAR, List.of(why));
        }
        CameraState state = watch.state.get();
        if (!state.bad()) {
            return new Verdict(State.COMPLIANT, Standing.IN_ORDER, List.of());
        }
        String what = !state.online() ? "offline" : state.recording() == Claim.NO ? "not-recording" : "blocked";
        if (Silence.filed(facts, id, end)) {
            return new Verdict(State.UNKNOWN, Standing.UNCLEAR, List.of(Reason.of("outage-filed", "device", id)));
        }
        return watch.outageMs > terms.outageMaxMs()
                ? new Verdict(State.VIOLATION, Standing.BROKEN,
                        List.of(Reason.of("camera-out", "camera", id, "how", what, "maxMinutes", terms.outageMaxMs() / MINUTE)))
                : new Verdict(State.COMPLIANT, Standing.UNCLEAR,
                        List.of(Reason.of("outage-running", "camera", id, "how", what, "maxMinutes", terms.outageMaxMs() / MINUTE)));
    }

    private long nextAt(SiteFacts facts, Watch watch, long now) {
        long next = facts.camera(watch.camera.id()).holdsUntil(now);
        if (watch.state.map(CameraState::bad).orElse(false)) {
            if (watch.outageMs <= terms.outageMaxMs()) {
                next = Math.min(next, now + terms.outageMaxMs() - watch.outageMs + 1);
            }
            if (watch.badMs <= terms.budgetMs()) {
                next = Math.min(next, now + terms.budgetMs() - watch.badMs + 1);
            }
        }
        if (!facts.device(watch.camera.id()).heardAt(now)) {
            next = Math.min(next, Math.max(now + 1, watch.kept.breaksAt()));
        } else {
            next = Math.min(next, facts.device(watch.camera.id()).heardUntil(now));
        }
        return Math.min(next, outageEdge(facts, watch.camera, now));
    }

    /** When a filed outage of a camera next begins or ends. */
    private static long outageEdge(SiteFacts facts, Device camera, long now) {
        long next = Long.MAX_VALUE;
        for (Outage outage : facts.outages(camera.id())) {
            if (outage.from() > now) {
                next = Math.min(next, outage.from());
            } else if (outage.to() > now) {
                next = Math.min(next, outage.to());
            }
        }
        return next;
    }

    @Override
    public long holdsUntil(SiteFacts facts, long now) {
        long until = Long.MAX_VALUE;
        for (Device camera : facts.site().devices()) {
            if (camera.kind() == DeviceKind.CAMERA) {
                StateLine<CameraState> line = facts.camera(camera.id());
                if (line.at(now).isEmpty()) {
                    return Long.MIN_VALUE;
                }
                // Silent devices hold until now, which is past.
                until = Math.min(until, Math.min(line.holdsUntil(now), facts.device(camera.id()).heardUntil(now)));
            }
        }
        return until;
    }

    private static double minutes(long ms) {
        return ms / MINUTE * MINUTE;
    }

    private static double clamp(double share) {
        return Math.max(0, Math.min(1, share));
    }
}
