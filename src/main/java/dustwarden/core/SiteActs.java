package dustwarden.core;

import dustwarden.core.alarm.AlarmAct;
import dustwarden.core.alarm.AlarmBook.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Does what people do: finds the site that an act concerns, and refuses with a named reason what may not be done. */
final class SiteActs {
    private final Map<String, SiteMonitor> sites;
    private final RegionalAlarms regional;

    /** @param sites by their ids; read at each act */
    SiteActs(Map<String, SiteMonitor> sites, RegionalAlarms regional) {
        this.sites = sites;
        this.regional = regional;
    }

    /** One act under way: when and where in the journal, who hears, and who judges the site afterwards. */
    private record Doing(long now, long offset, Consumer<Decision> out, Consumer<SiteMonitor> evaluate) {
        void refuse(Optional<String> site, Optional<String> device, String reason, String detail) {
            out.accept(new Decision.Rejection(now, offset, site, device, OptionalInt.empty(), reason, detail));
        }

        /** Does it at a site; what it refuses says which site refused. */
        void at(SiteMonitor monitor, Optional<String> device, Function<SiteFilings, Outcome> act) {
            monitor.enter(now, offset, out);
            Outcome outcome = act.apply(monitor.filings());
            if (outcome instanceof Outcome.Refused refused) {
                refuse(Optional.of(monitor.site().id()), device, refused.reason(), refused.detail());
            }
            evaluate.accept(monitor);
        }
    }

    /**
     * Does one act.
     *
     * @param evaluate judges a site that an act was done to
     */
    void take(Entry.Act entry, long now, long offset, Consumer<Decision> out, Consumer<SiteMonitor> evaluate) {
        Act read = ActReader.read(entry.json());
        Doing doing = new Doing(now, offset, out, evaluate);
        if (read instanceof Act.Wrong wrong) {
            doing.refuse(Optional.empty(), Optional.empty(), wrong.reason(), wrong.detail());
        } else if (read instanceof Act.OnAlarm on) {
            onAlarm(on.act(), doing);
        } else if (read instanceof Act.FileOutage act) {
            first(act.site(), m -> m.site().device(act.device()).isPresent()).ifPresentOrElse(
                    m -> doing.at(m, Optional.of(act.device()), filings -> filings.outage(act, now, offset, out)),
                    () -> nowhere(doing, act.site(), Optional.of(act.device()), "unknown-device", "device " + act.device()));
        } else if (read instanceof Act.DeclareFace act) {
            only(act.site(), m -> m.site().unit(act.unit()).isPresent(), doing, "unknown-unit", "unit " + act.unit())
                    .ifPresent(m -> doing.at(m, Optional.empty(), filings -> filings.face(act, now, offset, out)));
        } else if (read instanceof Act.AskWaiver act) {
            askWaiver(act, doing);
        } else if (read instanceof Act.GrantWaiver act) {
            waiver(act.site(), act.waiver(), doing, filings -> filings.grant(act, now, offset, out));
        } else if (read instanceof Act.EndWaiver act) {
            waiver(act.site(), act.waiver(), doing, filings -> filings.end(act, now, offset, out));
        } else if (read instanceof Act.OfChannel act) {
            regional.channel(act.channel(), act.works(), act.answer(), now, offset, out);
        } else if (read instanceof Act.OfSpray spray) {
            ofSpray(spray.act(), doing);
        } else if (read instanceof Act.Object act) {
            first(act.site(), m -> m.filings().saidVerdict(act.about())).ifPresentOrElse(
                    m -> doing.at(m, Optional.empty(), filings -> filings.objection(act, now, offset, out)),
                    () -> doing.refuse(Optional.empty(), Optional.empty(), "unknown-verdict",
                            "no final verdict of the last 31 days has the id " + act.about()));
        }
    }

    private void ofSpray(SprayAct act, Doing doing) {
        Optional<SiteMonitor> found = first(Optional.of(act.site()), m -> m.site().device(act.device()).isPresent());
        if (found.isEmpty()) {
            nowhere(doing, Optional.of(act.site()), Optional.of(act.device()), "unknown-device", "device " + act.device());
            return;
        }
        found.get().enter(doing.now(), doing.offset(), doing.out());
        found.get().spray(act);
        doing.evaluate().accept(found.get());
    }

    private Optional<SiteMonitor> first(Optional<String> named, Predicate<SiteMonitor> wanted) {
        return sites.values().stream()
                .filter(m -> named.map(m.site().id()::equals).orElse(true) && wanted.test(m))
                .findFirst();
    }

    /** The site that an act names, or the only one that has what it is about. */
    private Optional<SiteMonitor> only(Optional<String> named, Predicate<SiteMonitor> wanted, Doing doing, String reason, String what) {
        Optional<SiteMonitor> found = first(named, wanted);
        if (found.isEmpty()) {
            nowhere(doing, named, Optional.empty(), reason, what);
            return found;
        }
        if (named.isEmpty() && sites.values().stream().filter(wanted).count() > 1) {
            doing.refuse(Optional.empty(), Optional.empty(), "missing-field", "several sites have the " + what + "; say site");
            return Optional.empty();
        }
        return found;
    }

    private void nowhere(Doing doing, Optional<String> site, Optional<String> device, String reason, String what) {
        if (site.isPresent() && !sites.containsKey(site.get())) {
            doing.refuse(Optional.empty(), Optional.empty(), "unknown-site", "there is no site " + site.get());
        } else {
            doing.refuse(site, device, reason, (site.isPresent() ? "the site has no " : "no site has the ") + what);
        }
    }

    private void onAlarm(AlarmAct act, Doing doing) {
        if (regional.knows(act.alarm())) {
            if (regional.act(act, doing.now(), doing.offset(), doing.out()) instanceof Outcome.Refused refused) {
                doing.refuse(Optional.of(RegionalAlarms.SITE), Optional.empty(), refused.reason(), refused.detail());
            }
            return;
        }
        Optional<SiteMonitor> found = first(Optional.empty(), m -> m.state().alarms.knows(act.alarm()));
        if (found.isEmpty()) {
            doing.refuse(Optional.empty(), Optional.empty(), "unknown-alarm", "no open alarm has the id " + act.alarm());
            return;
        }
        SiteMonitor monitor = found.get();
        doing.at(monitor, Optional.empty(), filings -> {
            boolean objects = act.kind() == AlarmAct.Kind.OBJECT;
            Outcome outcome = monitor.act(act);
            boolean closed = outcome instanceof Outcome.Refused && !monitor.state().alarms.open().contains(act.alarm());
            if (objects && (outcome instanceof Outcome.Done || closed)) {
                // Also what is closed may be objected to: the statement stands beside it.
                return filings.objection(new Act.Object(Optional.empty(), act.alarm(), act.person(), act.text().orElse(""), act.pictures()),
                        doing.now(), doing.offset(), doing.out());
            }
            return outcome;
        });
    }

    private void askWaiver(Act.AskWaiver act, Doing doing) {
        Predicate<SiteMonitor> wanted = m -> act.site().isPresent()
                || act.scope().device().map(d -> m.site().device(d).isPresent()).orElse(false)
                || act.scope().unit().map(u -> m.site().unit(u).isPresent()).orElse(false);
        if (act.site().isEmpty() && act.scope().device().isEmpty() && act.scope().unit().isEmpty()) {
            doing.refuse(Optional.empty(), Optional.empty(), "missing-field", "a waiver names its site");
            return;
        }
        only(act.site(), wanted, doing, "unknown-site", "device or unit that the waiver names").ifPresent(
                m -> doing.at(m, act.scope().device(), filings -> filings.ask(act, doing.now(), doing.offset(), doing.out())));
    }

    private void waiver(Optional<String> site, String id, Doing doing, Function<SiteFilings, Outcome> act) {
        first(site, m -> m.state().waivers.find(id).isPresent()).ifPresentOrElse(
                m -> doing.at(m, Optional.empty(), act),
                () -> doing.refuse(Optional.empty(), Optional.empty(), "unknown-waiver", "no waiver that has not ended has the id " + id));
    }
}
