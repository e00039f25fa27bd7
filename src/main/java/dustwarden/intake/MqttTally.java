package dustwarden.intake;

import java.util.concurrent.atomic.LongAdder;

/** Counts kept by the threads of an MQTT intake for others to read. */
final class MqttTally {
    final LongAdder messages = new LongAdder();
    final LongAdder oversize = new LongAdder();
    final LongAdder unassured = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder connects = new LongAdder();
    final LongAdder losses = new LongAdder();
    final LongAdder attempts = new LongAdder();

    MqttCounts counts() {
        return new MqttCounts(
                messages.sum(),
                oversize.sum(),
                unassured.sum(),
                acknowledged.sum(),
                stale.sum(),
                dropped.sum(),
                failures.sum(),
                connects.sum(),
                losses.sum(),
                attempts.sum());
    }
}
