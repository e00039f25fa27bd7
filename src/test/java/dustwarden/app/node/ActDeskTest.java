package dustwarden.app.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dustwarden.console.Acts;
import dustwarden.core.Entry;
import dustwarden.intake.Arrival;
import dustwarden.ledger.StoredDecision;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person is told of an act is what the core decided at its entry. */
class ActDeskTest {
    private static final long OFFSET = 41;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Arrival> offered = new LinkedBlockingQueue<>();
    private ActDesk desk;

    @BeforeEach
    void open() {
        desk = new ActDesk(vertx, offered::offer, new Ask(vertx.createSharedWorkerExecutor("test")), id -> Optional.of("{}"));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void answersWithTheAlarmAfterTheAct() throws Exception {
        Acts.Outcome outcome = outcome("alarm", "{\"type\":\"alarm\",\"id\":\"a1\",\"state\":\"acknowledged\",\"version\":2}");
        Acts.Outcome.Done done = assertInstanceOf(Acts.Outcome.Done.class, outcome);
        assertEquals("acknowledged", done.alarm().getString("state"));
    }

    @Test
    void answersWithTheReasonOfARefusal() throws Exception {
        Acts.Outcome outcome = outcome("rejection", "{\"type\":\"rejection\",\"reason\":\"not-allowed\",\"detail\":\"not now\"}");
        assertEquals("not now", assertInstanceOf(Acts.Outcome.NotNow.class, outcome).why());
    }

    private Acts.Outcome outcome(String type, String json) throws Exception {
        Future<Acts.Outcome> answer = desk.act(
                new Acts.Act(Acts.Kind.ACKNOWLEDGE, "a1", "Li", "seen", Optional.empty(), List.of(), OptionalLong.empty()));
        Arrival arrival = offered.poll(10, TimeUnit.SECONDS);
        Entry entry = arrival.entry().apply(1_000);
        desk.committed(OFFSET, List.of(entry));
        desk.decided(7, List.of(
                new StoredDecision(7, OFFSET - 1, 1_000, "verdict", Optional.of("s"), "{}".getBytes(StandardCharsets.UTF_8)),
                new StoredDecision(8, OFFSET, 1_000, type, Optional.of("s"), json.getBytes(StandardCharsets.UTF_8))));
        return answer.await(10, TimeUnit.SECONDS);
    }
}
