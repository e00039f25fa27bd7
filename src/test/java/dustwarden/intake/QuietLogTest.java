package dustwarden.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class QuietLogTest {
    private static final MqttTrouble LOST = MqttTrouble.silent("broker:1883");
    private static final MqttTrouble FULL = MqttTrouble.heldBack();

    private final Logger log = (Logger) LoggerFactory.getLogger("quiet-log-test");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final QuietLog quiet = new QuietLog(log);

    @BeforeEach
    void listen() {
        log.setAdditive(false);
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void leave() {
        log.detachAppender(lines);
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void troublesThatTakeTurnsAreLoggedOnceAMinuteEach() {
        for (int i = 0; i < 59; i++) {
            quiet.warn(i % 2 == 0 ? LOST : FULL, seconds(i));
            quiet.turn(seconds(i));
        }
        assertEquals(2, lines.list.size());
        quiet.turn(seconds(62));
        assertEquals(3, lines.list.size());
        assertEquals("times", lines.list.get(2).getKeyValuePairs().get(0).key);
        assertEquals(57L, lines.list.get(2).getKeyValuePairs().get(0).value);
        quiet.warn(LOST, seconds(63));
        assertEquals(4, lines.list.size());
    }
}
