package dustwarden.core;

import dustwarden.core.alarm.AlarmEvent;
import dustwarden.core.alarm.Covers;
import dustwarden.core.alarm.Ladder;
import dustwarden.core.model.AlarmPlan;
import dustwarden.core.model.Contact;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tells of alarms of the region: first everybody on the first rung of a site below, once; what is overdue climbs the standard
 * rungs as far as the sites below have people for them.
 *
 * <p>What is about this installation itself is told to whoever runs it; of a channel that is dead its people hear too, by
 * another one.
 */
final class RegionalTeller {
    private static final String ANYBODY = "site";
    private static final Ladder.Due OPERATOR =
            new Ladder.Due("operator", Optional.empty(), "log", OptionalLong.empty(), Optional.empty());

    private final Collection<SiteMonitor> all;
    private final Function<String, List<SiteMonitor>> below;
    private final Map<String, Ladder> ladders = new HashMap<>();

    /**
     * @param all sites, read at each call
     * @param below those below a node
     */
    RegionalTeller(Collection<SiteMonitor> all, Function<String, List<SiteMonitor>> below) {
        this.all = all;
        this.below = below;
    }

    /** The register changed. */
    void bind() {
        ladders.clear();
    }

    private static boolean isOurOwn(String rule) {
        return rule.equals(RegionalAlarms.LINK.rule()) || rule.equals(RegionalAlarms.CHANNEL.rule());
    }

    /** Whom an alarm climbs to. */
    Ladder ladder(String rule, String subject) {
        return isOurOwn(rule) ? Ladder.NONE : ladders.computeIfAbsent(subject, node -> {
            List<Contact> contacts = below.apply(node).stream().flatMap(m -> m.site().contacts().stream()).toList();
            return new Ladder(contacts, AlarmPlan.NONE, ZoneId.of("UTC"));
        });
    }

    void tell(AlarmEvent event, Optional<Covers.About> about, long now, long offset, Consumer<Decision> out) {
        if (event instanceof AlarmEvent.Transition t) {
            out.accept(new Decision.Alarm(now, offset, RegionalAlarms.SITE, t));
        } else if (event instanceof AlarmEvent.Tell tell) {
            for (Ladder.Due due : receivers(tell, about, now)) {
                out.accept(new Decision.Notice(now, offset, RegionalAlarms.SITE, tell.alarm(), due.receiver(), due.language(),
                        due.channel(), tell.transition(), tell.level(), tell.escalation(), due.until(), due.deferred(), tell.next()));
            }
        }
    }

    private List<Ladder.Due> receivers(AlarmEvent.Tell tell, Optional<Covers.About> about, long now) {
        Map<String, Ladder.Due> found = new TreeMap<>();
        if (about.isPresent() && about.get().rule().equals(RegionalAlarms.CHANNEL.rule())) {
            note(OPERATOR, found);
            all.forEach(m -> m.ladder().toldBesides(about.get().subject(), tell.priority(), now).forEach(due -> note(due, found)));
        } else if (about.isPresent()) {
            below.apply(about.get().subject()).forEach(m -> told(m, tell, about.get(), now).forEach(due -> note(due, found)));
        }
        return found.isEmpty() ? List.of(OPERATOR) : List.copyOf(found.values());
    }

    private static void note(Ladder.Due due, Map<String, Ladder.Due> found) {
        if (!due.receiver().equals(ANYBODY)) {
            found.putIfAbsent(due.receiver() + "|" + due.channel(), due);
        }
    }

    private List<Ladder.Due> told(SiteMonitor monitor, AlarmEvent.Tell tell, Covers.About about, long now) {
        Ladder rungs = ladder(about.rule(), about.subject());
        List<Ladder.Due> found = new ArrayList<>();
        if (tell.escalation().isEmpty()) {
            found.addAll(monitor.ladder().told(tell.priority(), 0, false, now));
        }
        for (int level = tell.escalation().isEmpty() ? 1 : tell.level(); level <= tell.level(); level++) {
            found.addAll(monitor.ladder().toldAs(rungs.role(level), tell.priority(), now));
        }
        return found;
    }
}
