package dustwarden.intake;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Logs trouble when it begins or changes; the same again and again is counted and logged once a minute. */
final class QuietLog {
    private static final long APART_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Logger log;
    private String last = "";
    private long lastNanos;
    private long unsaid;

    QuietLog(Logger log) {
        this.log = log;
    }

    void warn(MqttTrouble trouble) {
        String words = trouble.sentence().en();
        long now = System.nanoTime();
        if (words.equals(last) && now - lastNanos < APART_NANOS) {
            unsaid++;
            return;
        }
        turn();
        last = words;
        lastNanos = now;
        log.atWarn().addKeyValue("kind", trouble.kind()).addKeyValue("trouble", words).log("no connection to the broker");
    }

    /** Says how often the last trouble came again, when it is time. */
    void turn() {
        if (unsaid > 0 && System.nanoTime() - lastNanos >= APART_NANOS) {
            log.atWarn().addKeyValue("times", unsaid).addKeyValue("trouble", last).log("no connection to the broker, again");
            unsaid = 0;
            lastNanos = System.nanoTime();
        }
    }
}
