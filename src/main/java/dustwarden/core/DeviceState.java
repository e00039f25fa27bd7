package dustwarden.core;

import dustwarden.core.decode.Aliases;
import dustwarden.core.decode.Clock;
import dustwarden.core.decode.Gaps;
import dustwarden.core.decode.Hj212Parts;
import dustwarden.core.decode.Seen;
import java.util.TreeMap;

/** What the core remembers of how a device reports: repetitions, missing numbers, its clock, names it gave. */
final class DeviceState {
    final Seen seen = new Seen();
    final Gaps gaps = new Gaps();
    final Clock clock = new Clock();
    final Hj212Parts parts = new Hj212Parts();
    final Aliases aliases = new Aliases();
    /** The newest local day of which it was said that the device contradicts the plan, epoch ms. */
    long contradicted = Long.MIN_VALUE;

    /** What a finding about a clock says. */
    static TreeMap<String, Object> numbers(Clock clock) {
        TreeMap<String, Object> numbers = new TreeMap<>();
        numbers.put("class", clock.state().wire());
        clock.offsetMs().ifPresent(ms -> numbers.put("offsetSeconds", ms / 1000));
        return numbers;
    }
}
