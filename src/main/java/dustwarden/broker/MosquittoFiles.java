package dustwarden.broker;

import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind.Stream;
import dustwarden.core.model.Register;
import dustwarden.core.model.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The password file and the access list of a mosquitto beside us, made from the register: each device publishes the streams
 * of its kind under its own path and reads its own commands, nothing else.
 *
 * <p>A login that is in the password file keeps its secret; one whose device left the register goes.
 */
public final class MosquittoFiles {
    /** The login of Dustwarden itself. */
    public static final String SERVICE = "dustwarden";

    static final String PASSWORDS = "passwords";
    static final String ACCESS = "acl";
    static final String OWN_SECRET = "mqtt-password";

    private static final int ITERATIONS = 10_000;
    private static final int SALT_BYTES = 12;
    private static final int HASH_BITS = 512;
    private static final int SECRET_BYTES = 20;

    private final Path directory;
    private final SecureRandom random;

    public MosquittoFiles(Path directory, SecureRandom random) {
        this.directory = directory;
        this.random = random;
    }

    /** Writes both files and Dustwarden's own secret; answers the new secrets by login, which cannot be seen again. */
    public Map<String, String> write(Register register) throws IOException {
        Files.createDirectories(directory);
        Map<String, String> hashes = read();
        Map<String, String> fresh = new LinkedHashMap<>();
        TreeSet<String> logins = new TreeSet<>();
        for (Site site : register.sites()) {
            site.devices().forEach(device -> logins.add(site.id() + "/" + device.id()));
            for (String node : site.region().split("/")) {
                if (DeviceId.isId(node)) {
                    logins.add("region/" + node);
                }
            }
        }
        hashes.keySet().retainAll(with(logins));
        for (String login : with(logins)) {
            if (!hashes.containsKey(login)) {
                String secret = secret();
                hashes.put(login, hash(secret));
                fresh.put(login, secret);
            }
        }
        Optional<String> own = Optional.ofNullable(fresh.remove(SERVICE));
        if (own.isPresent()) {
            replace(OWN_SECRET, own.get() + "\n");
        }
        StringBuilder passwords = new StringBuilder();
        hashes.forEach((login, hash) -> passwords.append(login).append(':').append(hash).append('\n'));
        replace(PASSWORDS, passwords.toString());
        replace(ACCESS, access(register, logins));
        return fresh;
    }

    private static List<String> with(TreeSet<String> logins) {
        List<String> all = new ArrayList<>(List.of(SERVICE));
        all.addAll(logins);
        return all;
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        Path file = directory.resolve(PASSWORDS);
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                found.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return found;
    }

    private static String access(Register register, TreeSet<String> logins) {
        StringBuilder text = new StringBuilder("# Made from the register; another run writes it anew.\n");
        text.append("user ").append(SERVICE).append("\ntopic read dust/v1/#\ntopic readwrite warden/v1/#\n");
        for (Site site : register.sites()) {
            site.devices().stream().flatMap(d -> d.topic().stream()).distinct()
                    .forEach(topic -> text.append("topic read ").append(topic).append('\n'));
        }
        for (Site site : register.sites()) {
            for (Device device : site.devices()) {
                String path = site.id() + "/" + device.id();
                text.append("\nuser ").append(path).append('\n');
                for (Stream stream : Stream.values()) {
                    if (device.kind().sends(stream)) {
                        text.append("topic write dust/v1/").append(path).append('/').append(stream.wire()).append('\n');
                    }
                }
                text.append("topic read warden/v1/").append(path).append("/set\n");
                device.topic().ifPresent(topic -> text.append("topic readwrite ").append(topic).append('\n'));
            }
        }
        for (String login : logins.tailSet("region/")) {
            if (login.startsWith("region/")) {
                text.append("\nuser ").append(login).append("\ntopic write dust/v1/").append(login).append("/+\n");
            }
        }
        return text.toString();
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** mosquitto's own form: {@code $7$iterations$salt$hash}, PBKDF2 with SHA-512. */
    private String hash(String secret) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(secret.toCharArray(), salt, ITERATIONS, HASH_BITS))
                    .getEncoded();
            Base64.Encoder base64 = Base64.getEncoder();
            return "$7$" + ITERATIONS + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2 with SHA-512", e);
        }
    }

    /** Never seen half written. Readable by the group too, since the broker's account is another. */
    private void replace(String name, String text) throws IOException {
        Path fresh = directory.resolve(name + ".new");
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
