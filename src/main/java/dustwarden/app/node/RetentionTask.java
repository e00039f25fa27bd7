package dustwarden.app.node;

import dustwarden.report.Retention;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets old payloads go once an hour, where the settings say so. */
final class RetentionTask {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionTask.class);
    private static final long FIRST_MINUTES = 5;
    private static final long EVERY_MINUTES = 60;

    private RetentionTask() {}

    static void start(Node.Plan plan, Closing closing) {
        plan.settings().retention().ifPresent(keep -> {
            ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(run -> {
                Thread thread = new Thread(run, "retention");
                thread.setDaemon(true);
                return thread;
            });
            timer.scheduleWithFixedDelay(() -> run(plan, keep), FIRST_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
            closing.add("retention", timer::shutdownNow);
        });
    }

    private static void run(Node.Plan plan, Duration keep) {
        try {
            long gone = Retention.apply(plan.ledger(), keep, plan.clock().instant());
            if (gone > 0) {
                LOG.atInfo().addKeyValue("entries", gone).log("payloads of old entries were let go");
            }
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("trouble", e.toString()).log("old entries could not be let go; tried again in an hour");
        }
    }
}
