package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    Path data;

    @Test
    void aSoundLedgerIsGood() {
        Journals.write(data, Journals.twoDays(), UnaryOperator.identity());
        CommandRun run = CommandRun.of("verify", "--data", data.toString());
        assertEquals(0, run.exit(), run.out() + run.err());
        assertTrue(run.lastLine().startsWith("good: entries 313 decisions "), run.out());
    }

    @Test
    void changedContentIsNamedByTableAndKey() throws SQLException {
        Journals.write(data, Journals.twoDays(), UnaryOperator.identity());
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("ledger.db"));
                Statement statement = db.createStatement()) {
            assertEquals(1, statement.executeUpdate(
                    "update content set name = 'other' where kind = 'rulebook' and name = 'henan-seven'"));
        }
        CommandRun run = CommandRun.of("verify", "--data", data.toString());
        assertEquals(1, run.exit(), run.out());
        assertTrue(run.out().contains("damaged: content rulebook/"), run.out());
    }

    @Test
    void badUsageIsTwo() throws IOException {
        assertEquals(2, CommandRun.of("verify").exit());
        assertEquals(2, CommandRun.of("verify", "--data", data.toString()).exit());
        CommandRun both = CommandRun.of("verify", Files.createFile(data.resolve("b.zip")).toString(), "--data", data.toString());
        assertEquals(2, both.exit(), both.err());
    }

    @Test
    void anEmptyFileIsNoBundle() throws IOException {
        CommandRun bundle = CommandRun.of("verify", Files.createFile(data.resolve("b.zip")).toString());
        assertEquals(1, bundle.exit());
        assertTrue((bundle.out() + bundle.err()).contains("the end of the zip"), bundle.out() + bundle.err());
    }
}
