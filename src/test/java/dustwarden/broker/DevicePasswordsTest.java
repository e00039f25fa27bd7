package dustwarden.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicePasswordsTest {
    private static final DeviceId DUST = new DeviceId("site-a", "dust-1");
    private static final DeviceId CAMERA = new DeviceId("site-a", "cam-1");

    @TempDir
    Path directory;

    private final List<PasswordProblem> later = new ArrayList<>();
    private Path file;
    private PasswordWriter writer;

    @BeforeEach
    void place() {
        file = directory.resolve("made/passwords");
        writer = new PasswordWriter(file, new SecureRandom());
    }

    private DevicePasswords read() {
        return new DevicePasswords(file, later::add);
    }

    @Test
    void knowsASecretThatWasWritten() throws Exception {
        String secret = writer.renew(DUST);
        DevicePasswords passwords = read();
        assertEquals(List.of(), passwords.problems());
        for (int login = 0; login < 2; login++) {
            assertTrue(passwords.verify(DUST, secret.toCharArray()));
            assertFalse(passwords.verify(DUST, (secret + "x").toCharArray()));
            assertFalse(passwords.verify(DUST, new char[0]));
            assertFalse(passwords.verify(CAMERA, secret.toCharArray()));
        }
    }

    @Test
    void holdsNoSecretAndIsTheOwnersAlone() throws Exception {
        String secret = writer.renew(DUST);
        String text = Files.readString(file);
        assertFalse(text.contains(secret));
        assertTrue(text.startsWith("site-a/dust-1:pbkdf2-sha256:2000:"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void replacesOneLineAndLeavesTheRest() throws Exception {
        String old = writer.renew(DUST);
        String camera = writer.renew(CAMERA);
        Files.writeString(file, "# ours\n\n" + Files.readString(file));
        String fresh = writer.renew(DUST);
        assertNotEquals(old, fresh);
        assertEquals(4, Files.readAllLines(file).size());
        assertEquals("# ours", Files.readAllLines(file).get(0));
        DevicePasswords passwords = read();
        assertEquals(2, passwords.size());
        assertFalse(passwords.verify(DUST, old.toCharArray()));
        assertTrue(passwords.verify(DUST, fresh.toCharArray()));
        assertTrue(passwords.verify(CAMERA, camera.toCharArray()));
    }

    @Test
    void readsTheFileAgainWhenItChanges() throws Exception {
        writer.renew(DUST);
        DevicePasswords passwords = read();
        String camera = writer.renew(CAMERA);
        assertTrue(passwords.verify(CAMERA, camera.toCharArray()));
        String again = writer.renew(CAMERA);
        assertFalse(passwords.verify(CAMERA, camera.toCharArray()));
        assertTrue(passwords.verify(CAMERA, again.toCharArray()));
        Files.writeString(file, "");
        assertFalse(passwords.verify(CAMERA, again.toCharArray()));
        assertEquals(List.of(), later);
    }

    @Test
    void goesOnWithTheLastGoodFileAndSaysSo() throws Exception {
        String secret = writer.renew(DUST);
        DevicePasswords passwords = read();
        Files.writeString(file, "rubbish\n");
        assertTrue(passwords.verify(DUST, secret.toCharArray()));
        assertEquals(1, later.size());
        Files.delete(file);
        assertTrue(passwords.verify(DUST, secret.toCharArray()));
        assertEquals(2, later.size());
        writer.set(DUST, "chosen".toCharArray());
        assertTrue(passwords.verify(DUST, "chosen".toCharArray()));
        assertEquals(List.of(), passwords.problems());
    }

    @ParameterizedTest
    @CsvSource({
        "rubbish, 1, site/device",
        "'# fine\nSite/dust:pbkdf2-sha256:1:AAAAAAAAAAA=:x', 2, site/device",
        "a/b:plain:secret, 1, pbkdf2-sha256",
        "a/b:pbkdf2-sha256:0:AAAAAAAAAAA=:AAAA, 1, pbkdf2-sha256",
        "a/b:pbkdf2-sha256:many:AAAAAAAAAAA=:AAAA, 1, pbkdf2-sha256",
        "a/b:pbkdf2-sha256:2000:***:AAAA, 1, pbkdf2-sha256",
    })
    void namesEachProblemWithFileAndLine(String text, int line, String says) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
        PasswordProblem problem = read().problems().get(0);
        assertEquals(line, problem.line());
        assertTrue(problem.en().contains(says), problem.en());
        assertTrue(problem.toString().startsWith(file + ":" + line + ": "));
    }

    @Test
    void namesALineThatComesTwiceAndAFileThatIsNotThere() throws Exception {
        assertEquals(0, read().problems().get(0).line());
        writer.renew(DUST);
        Files.writeString(file, Files.readString(file).repeat(2));
        assertEquals(2, read().problems().get(0).line());
    }

    @Test
    void manyWritersLoseNoLine() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            DeviceId device = new DeviceId("site-a", "d" + i);
            Thread thread = new Thread(() -> renew(device));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(4, read().size());
    }

    private void renew(DeviceId device) {
        try {
            new PasswordWriter(file, new SecureRandom()).renew(device);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
