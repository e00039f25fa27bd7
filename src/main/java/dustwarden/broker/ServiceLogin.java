package dustwarden.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;

/** The login of the service's own clients, which may do everything; its secret is made at start and never stored. */
public record ServiceLogin(String user, String secret) {
    /** Holds a character that no device name can hold. */
    public static final String USER = "$dustwarden";

    public ServiceLogin {
        Objects.requireNonNull(user, "user");
        if (secret.length() < 16) {
            throw new IllegalArgumentException("the secret of the service has " + secret.length() + " characters, must have 16");
        }
    }

    public static ServiceLogin random(SecureRandom random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return new ServiceLogin(USER, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    boolean matches(String givenUser, char[] givenSecret) {
        byte[] mine = secret.getBytes(StandardCharsets.UTF_8);
        byte[] given = new String(givenSecret).getBytes(StandardCharsets.UTF_8);
        return user.equals(givenUser) && MessageDigest.isEqual(mine, given);
    }

    @Override
    public String toString() {
        return "ServiceLogin[" + user + "]";
    }
}
