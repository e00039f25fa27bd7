package dustwarden.intake;

import dustwarden.core.decode.Hj212Frame;
import java.util.Optional;

/**
 * One request of ours to a device until it is done: sent, answered by 9011, carried out, ended by 9012, all under one QN.
 *
 * <p>What is not answered in time is sent again as often as the standard says, then given up.
 */
final class Hj212Exchange {
    /** How an exchange stands. */
    enum State {
        ASKED,
        AGREED,
        DONE,
        REFUSED,
        FAILED,
        TIMED_OUT;

        boolean isEnded() {
            return this != ASKED && this != AGREED;
        }
    }

    private static final String READY = "1";
    private static final String NO_DATA = "100";

    final String qn;
    final String cn;
    final String cp;
    private final long timeoutMs;
    private int resendsLeft;
    private long deadline;
    private State state = State.ASKED;
    private Optional<Hj212Frame> value = Optional.empty();

    Hj212Exchange(String qn, String cn, String cp, Hj212Ask terms, long now) {
        this.qn = qn;
        this.cn = cn;
        this.cp = cp;
        this.timeoutMs = terms.timeout().toMillis();
        this.resendsLeft = terms.resends();
        this.deadline = now + timeoutMs;
    }

    /** Takes what the device sent; whether it belongs to this exchange. */
    boolean take(Hj212Frame frame, long now) {
        if (state.isEnded()) {
            return false;
        }
        boolean ours = frame.get("QN").equals(qn);
        if (ours && frame.cn().equals("9011")) {
            boolean ready = frame.plain("QnRtn").equals(READY);
            state = ready ? State.AGREED : State.REFUSED;
            deadline = now + timeoutMs;
        } else if (ours && frame.cn().equals("9012")) {
            String result = frame.plain("ExeRtn");
            state = result.equals(READY) || result.equals(NO_DATA) ? State.DONE : State.FAILED;
        } else if (frame.cn().equals(cn)) {
            // The value itself under our QN; history under QNs of its own: it comes, so the device is still at it.
            value = ours ? Optional.of(frame) : value;
            deadline = now + timeoutMs;
        } else {
            return false;
        }
        return true;
    }

    /** Whether it is to be sent again now; it gives up where that was done often enough. */
    boolean isDue(long now) {
        if (state.isEnded() || now < deadline) {
            return false;
        }
        if (state == State.ASKED && resendsLeft > 0) {
            resendsLeft--;
            deadline = now + timeoutMs;
            return true;
        }
        state = State.TIMED_OUT;
        return false;
    }

    State state() {
        return state;
    }

    /** What the device said of itself under our QN. */
    Optional<Hj212Frame> value() {
        return value;
    }
}
