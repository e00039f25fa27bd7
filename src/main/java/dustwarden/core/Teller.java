package dustwarden.core;

import dustwarden.core.alarm.AlarmEvent;
import dustwarden.core.alarm.Ladder;
import dustwarden.core.rule.RuleHead.Priority;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes decisions of what happens to alarms, a notice for each receiver and channel that is to be told. */
final class Teller {
    private final String site;
    private Ladder ladder = Ladder.NONE;

    Teller(String site) {
        this.site = site;
    }

    void bind(Ladder whom) {
        ladder = whom;
    }

    void tell(AlarmEvent event, long now, long offset, Consumer<Decision> out) {
        if (event instanceof AlarmEvent.Transition t) {
            out.accept(new Decision.Alarm(now, offset, site, t));
        } else if (event instanceof AlarmEvent.Tell tell) {
            for (Ladder.Due due : ladder.told(tell.priority(), tell.level(), tell.escalation().isPresent(), now)) {
                out.accept(new Decision.Notice(now, offset, site, tell.alarm(), due.receiver(), due.language(), due.channel(),
                        tell.transition(), tell.level(), tell.escalation(), due.until(), due.deferred(), tell.next()));
            }
        }
    }

    /** A final verdict corrects another: everybody on the first rung is told. */
    void correction(String verdict, long now, long offset, Consumer<Decision> out) {
        tell(new AlarmEvent.Tell(verdict, "correction", Priority.MEDIUM, 0, Optional.empty(), Optional.empty()), now, offset, out);
    }
}
