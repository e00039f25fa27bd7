package dustwarden.console;

import io.vertx.ext.auth.hashing.HashingStrategy;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** Slow, salted hashes of passwords that people choose. */
final class PasswordHash {
    /** PBKDF2 with HMAC-SHA-512; some tenth of a second on one core. */
    private static final Map<String, String> COST = Map.of("it", "120000");

    private static final int SALT_BYTES = 16;
    private static final HashingStrategy HASHES = HashingStrategy.load();
    private static final SecureRandom RANDOM = new SecureRandom();
    /** What a name without an account is held against, so that it takes as long. */
    private static final String NOBODY = of("nobody");

    private PasswordHash() {}

    static String of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return HASHES.hash("pbkdf2", COST, Base64.getEncoder().withoutPadding().encodeToString(salt), password);
    }

    static boolean matches(String hash, String password) {
        return HASHES.verify(hash, password);
    }

    /** Takes the time of a comparison and says no. */
    static boolean matchesNobody(String password) {
        matches(NOBODY, password);
        return false;
    }
}
