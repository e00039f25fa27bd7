package dustwarden.intake;

import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.decode.Hj212Frame;
import dustwarden.intake.Hj212Exchange.State;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The platform's side of HJ 212: asks each known device what the settings say. Touched on the intake's context only. */
final class Hj212Asks {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int LINES_MAX = 20_000;

    private final Hj212Ask ask;
    private final Hj212Register register;
    private final InstantSource clock;
    private final Map<String, Hj212Line> lines = new LinkedHashMap<>();
    private final Map<State, LongAdder> ends = new EnumMap<>(State.class);
    final LongAdder asked = new LongAdder();
    final LongAdder resent = new LongAdder();
    private long lastQn;

    Hj212Asks(Hj212Ask ask, Hj212Register register, InstantSource clock) {
        this.ask = ask;
        this.register = register;
        this.clock = clock;
        for (State state : State.values()) {
            ends.put(state, new LongAdder());
        }
    }

    /** A frame of a device whose MN and password are right. */
    void heard(Hj212Frame frame, Consumer<byte[]> sender) {
        String mn = frame.mn();
        Hj212Line line = lines.get(mn);
        if (line == null) {
            if (lines.size() >= LINES_MAX) {
                return;
            }
            line = new Hj212Line(ask, this, frame, ask.history() ? register.lastHeard(mn) : java.util.OptionalLong.empty());
            lines.put(mn, line);
        }
        line.heard(frame, sender, register.silenceMs(mn), clock.millis());
    }

    void lost(Consumer<byte[]> sender) {
        lines.values().forEach(line -> line.lost(sender));
    }

    void tick() {
        long now = clock.millis();
        lines.values().forEach(line -> line.tick(now));
    }

    /** A QN of our own, each once: 17 digits of the time, moved on where two fall into one millisecond. */
    String qn(long now) {
        lastQn = Math.max(now, lastQn + 1);
        return Hj212Answer.second(Instant.ofEpochMilli(lastQn), ZONE) + String.format("%03d", Math.floorMod(lastQn, 1000));
    }

    void ended(State state) {
        ends.get(state).increment();
    }

    long endedAs(State state) {
        return ends.get(state).sum();
    }
}
