package dustwarden.console;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The accounts of a data directory in {@code accounts.json}: only its owner may read it, and nobody sees it half written. */
public final class AccountFile {
    static final String NAME = "accounts.json";
    private static final int PASSWORD_CHARS_MIN = 10;
    private static final int PASSWORD_CHARS_MAX = 256;

    /** What is done to the accounts by name; one that throws leaves them as they are. */
    public interface Change {
        void accept(Map<String, Account> accounts) throws IOException;
    }

    private final Path file;

    public AccountFile(Path data) {
        this.file = data.resolve(NAME).toAbsolutePath();
    }

    /** The accounts by name; none where there is no file. */
    public Map<String, Account> read() throws IOException {
        Map<String, Account> accounts = new TreeMap<>();
        if (Files.exists(file)) {
            try {
                JsonArray all = new JsonObject(Files.readString(file)).getJsonArray("accounts", new JsonArray());
                for (int i = 0; i < all.size(); i++) {
                    Account account = account(all.getJsonObject(i));
                    accounts.put(account.name(), account);
                }
            } catch (DecodeException | ClassCastException | IllegalArgumentException | NullPointerException e) {
                throw new IOException(file + " holds no accounts: " + e.getMessage(), e);
            }
        }
        return accounts;
    }

    /** Changes the accounts; other processes that want to change them wait. */
    public void change(Change change) throws IOException {
        if (!Files.isDirectory(file.getParent())) {
            throw new IOException("there is no data directory " + file.getParent());
        }
        Path lock = file.resolveSibling(NAME + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            Map<String, Account> accounts = read();
            change.accept(accounts);
            write(accounts);
        }
    }

    /** The account with this password; a password that is easily found is refused. */
    public static Account withPassword(Account account, String password) {
        if (password.length() < PASSWORD_CHARS_MIN || password.length() > PASSWORD_CHARS_MAX || password.isBlank()) {
            throw new IllegalArgumentException(
                    "a password has " + PASSWORD_CHARS_MIN + " to " + PASSWORD_CHARS_MAX + " characters");
        }
        if (password.contains(account.name()) && password.length() < account.name().length() + PASSWORD_CHARS_MIN) {
            throw new IllegalArgumentException("a password must not be made of the account's name");
        }
        return account.withSecret(PasswordHash.of(password));
    }

    /** Changes when the file does. */
    String version() throws IOException {
        return Files.exists(file)
                ? Files.getLastModifiedTime(file) + "/" + Files.size(file) + "/" + Files.readAttributes(file, "*").get("fileKey")
                : "";
    }

    private void write(Map<String, Account> accounts) throws IOException {
        JsonArray all = new JsonArray(accounts.values().stream().map(AccountFile::json).collect(Collectors.toList()));
        byte[] text = new JsonObject().put("accounts", all).encodePrettily().getBytes(StandardCharsets.UTF_8);
        Path fresh = Files.createTempFile(file.getParent(), NAME, ".new", ownerOnly());
        try {
            try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(text));
                out.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static Account account(JsonObject json) {
        String role = json.getString("role", "");
        return new Account(
                json.getString("name", ""),
                Optional.ofNullable(json.getString("person")),
                Role.of(role).orElseThrow(() -> new IllegalArgumentException("there is no role " + role)),
                new Scope(
                        json.getJsonArray("sites", new JsonArray()).stream().map(String::valueOf).collect(Collectors.toSet()),
                        Optional.ofNullable(json.getString("company")),
                        Optional.ofNullable(json.getString("region"))),
                Optional.of(json.getString("secret")));
    }

    private static JsonObject json(Account account) {
        JsonObject json = new JsonObject().put("name", account.name());
        account.person().ifPresent(person -> json.put("person", person));
        json.put("role", account.role().word());
        if (!account.scope().sites().isEmpty()) {
            json.put("sites", new JsonArray(account.scope().sites().stream().sorted().toList()));
        }
        account.scope().company().ifPresent(company -> json.put("company", company));
        account.scope().region().ifPresent(region -> json.put("region", region));
        account.secret().ifPresent(secret -> json.put("secret", secret));
        return json;
    }
}
