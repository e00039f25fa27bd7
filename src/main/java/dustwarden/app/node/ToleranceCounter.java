package dustwarden.app.node;

import dustwarden.core.Taken;
import dustwarden.series.LogBatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/** Counts what was tolerated, by device and name; beyond {@value #KEPT_MAX} of them under a device of no name. */
final class ToleranceCounter {
    private static final int KEPT_MAX = 2_000;

    private final MeterRegistry registry;
    private final Map<String, Counter> known = new HashMap<>();

    ToleranceCounter(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Used by the thread of one view. */
    void count(LogBatch batch) {
        for (LogBatch.Step step : batch.steps()) {
            for (Taken taken : step.taken()) {
                for (String name : taken.tolerated()) {
                    of(taken.observation().site(), taken.observation().device(), name).increment();
                }
            }
        }
    }

    private Counter of(String site, String device, String name) {
        String key = site + "/" + device + "/" + name;
        Counter before = known.get(key);
        if (before != null) {
            return before;
        }
        boolean full = known.size() >= KEPT_MAX;
        Counter made = Counter.builder("dustwarden.tolerated")
                .tags("site", full ? "" : site, "device", full ? "" : device, "name", name)
                .register(registry);
        if (!full) {
            known.put(key, made);
        }
        return made;
    }
}
