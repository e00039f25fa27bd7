package dustwarden.core.judge;

import dustwarden.core.judge.WindowVerdict.Kind;
import dustwarden.core.model.Device;
import java.util.List;
import java.util.OptionalLong;

/**
 * A point's closed windows of one local day held against a limit and its allowance.
 *
 * @param silentSince since when the monitor was silent for too long that day
 */
record PointDay(Device monitor, int allowed, List<WindowVerdict> windows, OptionalLong silentSince) {
    PointDay {
        windows = List.copyOf(windows);
    }

    int count(Kind kind) {
        int found = 0;
        for (WindowVerdict window : windows) {
            found += window.is(kind) ? 1 : 0;
        }
        return found;
    }

    List<WindowVerdict> exceeded() {
        return windows.stream().filter(w -> w.is(Kind.EXCEEDED)).toList();
    }

    /**
     * Above the allowance it is a violation whatever is undecided; within it only if all that is undecided fits as
     * well and at least one window was decided, since nothing known is not compliance.
     */
    State state() {
        int exceeded = count(Kind.EXCEEDED);
        int undecided = count(Kind.UNDECIDED);
        if (exceeded > allowed || silentSince.isPresent()) {
            return State.VIOLATION;
        }
        boolean known = windows.size() > undecided;
        return known && exceeded + undecided <= allowed ? State.COMPLIANT : State.UNKNOWN;
    }
}
