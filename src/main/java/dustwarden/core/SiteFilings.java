package dustwarden.core;

import dustwarden.core.alarm.AlarmBook.Outcome;
import dustwarden.core.alarm.Terms;
import dustwarden.core.alarm.Waiver;
import dustwarden.core.judge.Outage;
import dustwarden.core.judge.WorkFace;
import dustwarden.core.model.CanonicalJson;
import dustwarden.core.model.Site;
import java.util.Optional;
import java.util.function.Consumer;

/** What people file of one site: each act is answered with what it filed, or refused with a named reason. */
final class SiteFilings {
    private final SiteMonitor monitor;
    private final SiteState state;

    SiteFilings(SiteMonitor monitor) {
        this.monitor = monitor;
        this.state = monitor.state();
    }

    Outcome outage(Act.FileOutage act, long now, long offset, Consumer<Decision> out) {
        Outage outage = new Outage(act.device(), act.from(), act.to(), act.person(), act.text());
        say(Filing.of(id("outage", offset), outage), now, offset, out);
        monitor.file(outage);
        return new Outcome.Done();
    }

    Outcome face(Act.DeclareFace act, long now, long offset, Consumer<Decision> out) {
        long from = act.from().orElse(now);
        if (act.to() <= Math.max(now, from)) {
            return new Outcome.Refused("out-of-range", "a work face ends in the future");
        }
        WorkFace face = new WorkFace(act.unit(), from, act.to(), act.person(), act.text());
        say(Filing.of(id("work-face", offset), face), now, offset, out);
        monitor.declare(face);
        return new Outcome.Done();
    }

    Outcome ask(Act.AskWaiver act, long now, long offset, Consumer<Decision> out) {
        long from = act.from().orElse(now);
        if (act.to() <= Math.max(now, from) || act.to() - from > Waiver.LONGEST_MS) {
            return new Outcome.Refused("out-of-range", "a waiver ends in the future and lasts at most 92 days");
        }
        if (state.waivers.full()) {
            return new Outcome.Refused("too-many", "the site has as many waivers as it may have at once");
        }
        Optional<Outcome> unknown = unknown(act.scope());
        if (unknown.isPresent()) {
            return unknown.get();
        }
        Waiver waiver = new Waiver(id("waiver", offset), act.reason(), act.scope(), from, act.to(), act.person(), act.text(),
                Optional.empty());
        state.waivers.put(waiver);
        say(Filing.of(waiver, "filed"), now, offset, out);
        return new Outcome.Done();
    }

    private Optional<Outcome> unknown(Waiver.Scope scope) {
        Site site = monitor.site();
        if (scope.device().isPresent() && site.device(scope.device().get()).isEmpty()) {
            return refused("unknown-device", "the site has no device " + scope.device().get());
        }
        boolean unit = scope.unit().map(u -> site.unit(u).isPresent() || site.gates().stream().anyMatch(g -> g.id().equals(u)))
                .orElse(true);
        if (!unit) {
            return refused("unknown-unit", "the site has no unit or gate " + scope.unit().get());
        }
        if (scope.rule().isPresent() && !hasRule(scope.rule().get())) {
            return refused("unknown-rule", "no rule " + scope.rule().get() + " binds the site");
        }
        return Optional.empty();
    }

    private boolean hasRule(String rule) {
        return state.rules.containsKey(rule)
                || rule.equals(Terms.DEVICE_SILENT.rule())
                || rule.equals(Terms.DATA_DOUBTFUL.rule());
    }

    /** Whether a final verdict of the last month has this id. */
    boolean saidVerdict(String id) {
        return state.rules.values().stream().anyMatch(rule -> rule.said(id));
    }

    private static Optional<Outcome> refused(String reason, String detail) {
        return Optional.of(new Outcome.Refused(reason, detail));
    }

    Outcome grant(Act.GrantWaiver act, long now, long offset, Consumer<Decision> out) {
        Waiver waiver = state.waivers.find(act.waiver()).orElseThrow();
        if (waiver.approvedBy().isPresent()) {
            return new Outcome.Refused("not-allowed", "the waiver was granted already");
        }
        if (waiver.filedBy().strip().equalsIgnoreCase(act.person().strip())) {
            return new Outcome.Refused("same-person", "who asked for a waiver cannot grant it");
        }
        Waiver granted = waiver.approvedBy(act.person());
        state.waivers.put(granted);
        say(Filing.of(granted, "approved"), now, offset, out);
        return new Outcome.Done();
    }

    Outcome end(Act.EndWaiver act, long now, long offset, Consumer<Decision> out) {
        state.waivers.put(state.waivers.find(act.waiver()).orElseThrow().endedAt(now));
        tick(now, offset, out);
        return new Outcome.Done();
    }

    Outcome objection(Act.Object act, long now, long offset, Consumer<Decision> out) {
        say(Filing.objection(id("objection", offset), act.about(), act.person(), act.text(), act.pictures()), now, offset, out);
        return new Outcome.Done();
    }

    /** Says of each waiver that ended that it did. */
    void tick(long now, long offset, Consumer<Decision> out) {
        for (Waiver waiver : state.waivers.ended(now)) {
            say(Filing.of(waiver, "ended"), now, offset, out);
        }
    }

    private void say(Filing filing, long now, long offset, Consumer<Decision> out) {
        out.accept(new Decision.Filed(now, offset, monitor.site().id(), filing));
    }

    /** First 16 hex digits of SHA-256 over {@code site|kind|offset filed}. */
    private String id(String kind, long offset) {
        return CanonicalJson.shortId(monitor.site().id() + "|" + kind + "|" + offset);
    }
}
