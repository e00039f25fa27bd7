package dustwarden.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Asks the player for half an hour at once and gives it out in small steps, which costs a third of asking often. */
final class Ahead {

    private static final Duration STRETCH = Duration.ofMinutes(30);

    private final ScenarioPlayer player;
    private final Deque<Publication> waiting = new ArrayDeque<>();
    private Instant known;

    Ahead(ScenarioPlayer player, Instant start) {
        this.player = player;
        this.known = start;
    }

    /** Everything before that time that was not given yet, in order. */
    List<Publication> before(Instant end) {
        while (known.isBefore(end)) {
            Instant until = known.plus(STRETCH);
            waiting.addAll(player.between(known, until));
            known = until;
        }
        List<Publication> due = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.peek().at().isBefore(end)) {
            due.add(waiting.poll());
        }
        return due;
    }
}
