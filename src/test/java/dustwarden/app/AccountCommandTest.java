package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountCommandTest {
    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int account(String line) {
        List<String> args = new ArrayList<>(List.of("account"));
        args.addAll(List.of(line.split(" ")));
        args.addAll(List.of("--data", data.toString()));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args.toArray(String[]::new));
    }

    @Test
    void aPasswordIsPrintedOnceAndKeptAsAHashThatOnlyTheOwnerReads() throws Exception {
        assertEquals(0, account("add li --role contractor --company acme-build --person 李工"), err.toString());
        String password = out.toString().strip();
        assertTrue(password.length() >= 16, password);
        Path file = data.resolve("accounts.json");
        String kept = Files.readString(file);
        assertFalse(kept.contains(password));
        assertTrue(kept.contains("$pbkdf2$"), kept);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(0, account("password li"));
        assertFalse(out.toString().contains(password));
        assertFalse(Files.readString(file).equals(kept));
        assertEquals(0, account("list"));
        assertEquals("li  contractor  李工  company=acme-build", out.toString().strip());
        assertEquals(0, account("remove li"));
        assertEquals(0, account("list"));
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "add li --role contractor", "add li --role king --site a", "add Li --role owner --company a",
        "add li --role administrator --site a",
        "remove nobody", "password nobody", "add", "", "add li --role regulator --region /"
    })
    void whatCannotBeIsRefusedWithASentence(String line) {
        assertEquals(2, account(line), err.toString());
        assertFalse(err.toString().contains("Exception"), err.toString());
        assertFalse(Files.exists(data.resolve("accounts.json")));
    }

    @Test
    void aNameIsGivenOnce() {
        assertEquals(0, account("add li --role regulator --region 410000/410700"));
        assertEquals(2, account("add li --role administrator"));
        assertTrue(err.toString().contains("already"), err.toString());
    }
}
