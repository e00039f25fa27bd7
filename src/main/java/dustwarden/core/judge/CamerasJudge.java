package dustwarden.core.judge;

import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Site;
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

    private final Cameras terms;

    public CamerasJudge(UnitsRule rule) {
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

    /** One camera's day so far. */
    private record Watch(Device camera, long badMs, long silentMs, long outageMs, Optional<CameraState> state, boolean notKept) {}

    private Judgement judge(SiteFacts facts, long dayStart, long end, boolean running) {
        Site site = facts.site();
        List<Device> cameras = site.devices().stream().filter(d -> d.kind() == DeviceKind.CAMERA).toList();
        int needed = site.floorArea().orElse(0) >= terms.largeFloorArea() || site.linear().orElse(0) >= terms.linearMin()
                ? terms.largeCount()
                : terms.smallCount();
        List<Reason> violations = new ArrayList<>();
        List<Reason> unknowns = new ArrayList<>();
        List<Reason> notes = new ArrayList<>();
        List<Subject> subjects = new ArrayList<>();
        List<Long> proof = new ArrayList<>();
        double low = 0;
        double high = 0;
        double known = 0;
        long nextAt = Long.MAX_VALUE;
        boolean tooFew = cameras.size() < needed;
        if (tooFew) {
            Reason why = Reason.of("too-few-cameras", "registered", (long) cameras.size(), "needed", (long) needed);
            violations.add(why);
            subjects.add(new Subject("site", Standing.BROKEN, 0, OptionalDouble.of(cameras.size()), OptionalDouble.of(needed), List.of(why)));
        } else {
            subjects.add(new Subject("site", Standing.IN_ORDER, 0, OptionalDouble.empty(), OptionalDouble.empty(), List.of()));
        }
        double day = site.dayEnd(dayStart) - dayStart;
        double sofar = Math.max(1, end - Math.max(dayStart, facts.countsFrom()));
        for (Device camera : cameras) {
            Watch watch = watch(facts, camera, dayStart, end, proof);
            high += 1 - minutes(watch.badMs) / day;
            low += 1 - Math.min(1, (minutes(watch.badMs) + minutes(watch.silentMs)) / day);
            known += 1 - Math.min(1, watch.silentMs / sofar);
            Verdict verdict = verdict(facts, watch, end, running);
            (verdict.state == State.VIOLATION ? violations : verdict.state == State.UNKNOWN ? unknowns : notes)
                    .addAll(verdict.reasons);
            subjects.add(new Subject(camera.id(), verdict.standing, 0, OptionalDouble.of(minutes(watch.badMs) / MINUTE),
                    OptionalDouble.of((double) terms.budgetMs() / MINUTE), verdict.reasons));
            nextAt = Math.min(nextAt, nextAt(facts, watch, end));
        }
        int count = Math.max(needed, cameras.size());
        State state = !violations.isEmpty() ? State.VIOLATION : !unknowns.isEmpty() ? State.UNKNOWN : State.COMPLIANT;
        List<Reason> reasons = state == State.VIOLATION ? violations : state == State.UNKNOWN ? unknowns : notes;
        return new Judgement(state, clamp(low / count), Math.max(clamp(low / count), clamp(high / count)),
                clamp(cameras.isEmpty() ? 0 : known / cameras.size()), reasons, Judgement.proofOf(proof),
                OptionalLong.of(dayStart), OptionalLong.of(site.dayEnd(dayStart)), subjects, nextAt);
    }

    private Watch watch(SiteFacts facts, Device camera, long dayStart, long end, List<Long> proof) {
        StateLine<CameraState> line = facts.camera(camera.id());
        long from = Math.max(dayStart, facts.countsFrom());
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
        long outage = last.map(CameraState::bad).orElse(false) ? outage(line, dayStart, end) : 0;
        return new Watch(camera, bad, silent, outage, last,
                Silence.notKept(facts, camera.id(), terms.notKeptAfterMs(), end));
    }

    /** How long the outage that runs at {@code end} has lasted, midnight notwithstanding. */
    private static long outage(StateLine<CameraState> line, long dayStart, long end) {
        long since = end;
        List<StateLine.Stretch<CameraState>> stretches = line.stretches(dayStart - 86_400_000L, end);
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
        if (watch.notKept) {
            return new Verdict(State.VIOLATION, Standing.BROKEN, List.of(Reason.of("monitoring-not-kept", "device", id)));
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
            next = Math.min(next, Silence.notKeptAt(facts, watch.camera.id(), terms.notKeptAfterMs(), now));
        } else {
            next = Math.min(next, facts.device(watch.camera.id()).heardUntil(now));
        }
        for (Outage outage : facts.outages(watch.camera.id())) {
            if (outage.from() > now) {
                next = Math.min(next, outage.from());
            } else if (outage.to() > now) {
                next = Math.min(next, outage.to());
            }
        }
        return next;
    }

    private static double minutes(long ms) {
        return ms / MINUTE * MINUTE;
    }

    private static double clamp(double share) {
        return Math.max(0, Math.min(1, share));
    }
}
