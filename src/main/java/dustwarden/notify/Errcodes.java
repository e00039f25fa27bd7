package dustwarden.notify;

import java.time.Duration;
import java.util.Set;

/**
 * What the {@code errcode} in a robot's answer means; success is the platform's own 0, whatever the HTTP status says.
 *
 * @param tooMuch codes of a robot that was asked too often
 * @param throttled how long it then answers nothing else
 * @param dead codes of a robot that will not work until somebody mends its settings
 */
record Errcodes(Set<Integer> tooMuch, Duration throttled, Set<Integer> dead) {
    private static final int BUSY = -1;

    Errcodes {
        tooMuch = Set.copyOf(tooMuch);
        dead = Set.copyOf(dead);
    }

    Channel.Answer answer(HttpPost.Response response) {
        if (response.status() / 100 != 2) {
            return response.byStatus();
        }
        if (!response.json().path("errcode").isIntegralNumber()) {
            return new Channel.Answer.NotNow(response.text());
        }
        int code = response.json().path("errcode").asInt();
        if (code == 0) {
            return new Channel.Answer.Taken(response.text());
        }
        if (tooMuch.contains(code)) {
            return new Channel.Answer.Throttled(response.text(), throttled);
        }
        if (code == BUSY) {
            return new Channel.Answer.NotNow(response.text());
        }
        return dead.contains(code) ? new Channel.Answer.Dead(response.text()) : new Channel.Answer.Never(response.text());
    }
}
