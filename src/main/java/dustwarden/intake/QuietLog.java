package dustwarden.intake;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Logs trouble when it begins; the same again within a minute, also by turns with other trouble, is counted and told by
 * the minute.
 */
final class QuietLog {
    private static final long APART_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIFFERENT_MAX = 20;

    private final Logger log;
    /** When each was last logged. */
    private final Map<String, Long> lately = new HashMap<>();
    private String last = "";
    private long unsaidNanos;
    private long unsaid;

    QuietLog(Logger log) {
        this.log = log;
    }

    void warn(MqttTrouble trouble) {
        warn(trouble, System.nanoTime());
    }

    void warn(MqttTrouble trouble, long nowNanos) {
        String words = trouble.sentence().en();
        lately.values().removeIf(at -> nowNanos - at >= APART_NANOS);
        if (lately.containsKey(words) || lately.size() >= DIFFERENT_MAX) {
            if (unsaid == 0) {
                unsaidNanos = nowNanos;
            }
            unsaid++;
            last = words;
            return;
        }
        lately.put(words, nowNanos);
        log.atWarn().addKeyValue("kind", trouble.kind()).addKeyValue("trouble", words).log("no connection to the broker");
    }

    /** Says how often there was trouble that was not logged, when it is time. */
    void turn() {
        turn(System.nanoTime());
    }

    void turn(long nowNanos) {
        if (unsaid > 0 && nowNanos - unsaidNanos >= APART_NANOS) {
            log.atWarn().addKeyValue("times", unsaid).addKeyValue("trouble", last).log("no connection to the broker, again");
            unsaid = 0;
        }
    }
}
