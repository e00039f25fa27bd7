package dustwarden.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FillingTest {
    @TempDir
    Path directory;

    private PlayedJournal journal;
    private FakeInflux server;

    @BeforeEach
    void open() {
        journal = new PlayedJournal(directory);
        server = new FakeInflux();
    }

    @AfterEach
    void close() {
        server.close();
        journal.close();
    }

    @Test
    void aFillingOutlivesAServerThatFailsOnTheWayButNotOneThatIsGone() {
        for (int i = 0; i < 6_000; i++) {
            journal.pass(1000).reading("dust-2", 20);
        }
        journal.commit();
        server.writesUntilFailing = 2;
        List<Duration> waits = new ArrayList<>();
        try (InfluxView view = InfluxView.open(directory, server.target())) {
            Filling filling = new Filling(journal.log(), view, wait -> {
                waits.add(wait);
                server.writesUntilFailing = waits.size() < 3 ? 0 : Integer.MAX_VALUE;
            });
            assertEquals(0, filling.run(at -> {}));
            assertEquals(journal.ledger().position().nextOffset(), view.cursor().entry());
        }
        assertEquals(List.of(1L, 2L, 4L), waits.stream().map(Duration::toSeconds).toList());
        assertTrue(server.points.stream().filter(p -> p.contains("device=dust-2 pm10=20.0")).count() >= 6_000, "nothing is lost");
        server.stop();
        waits.clear();
        InfluxView.anew(directory, server.target()).close();
        try (InfluxView view = InfluxView.open(directory, server.target())) {
            assertThrows(View.Unavailable.class, () -> new Filling(journal.log(), view, waits::add).run(at -> {}));
        }
        assertEquals(List.of(), waits);
    }
}
