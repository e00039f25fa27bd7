package dustwarden.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Somebody who may log in.
 *
 * @param name what is typed at the login
 * @param person how the record calls who acts; empty: the name alone
 * @param secret the password's hash; empty only of the administrator who holds the token
 */
public record Account(String name, Optional<String> person, Role role, Scope scope, Optional<String> secret) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");
    private static final int PERSON_CHARS_MAX = 100;

    /** Who holds the token of the settings or a login link: nobody by name, so each act names its person. */
    static final Account TOKEN =
            new Account("token", Optional.empty(), Role.ADMINISTRATOR, Scope.NOTHING, Optional.empty());

    /** Who has not logged in. */
    static final Account NOBODY = new Account(
            "nobody", Optional.empty(), Role.CONTRACTOR, new Scope(Set.of(""), Optional.empty(), Optional.empty()),
            Optional.empty());

    public Account {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "an account's name is a-z, 0-9, dot, _ and -, at most 32 characters, was " + name);
        }
        if (person.isPresent() && (person.get().isBlank() || person.get().length() > PERSON_CHARS_MAX)) {
            throw new IllegalArgumentException("a person's name has 1 to " + PERSON_CHARS_MAX + " characters");
        }
        if (role == Role.ADMINISTRATOR && !scope.isEmpty()) {
            throw new IllegalArgumentException("an administrator sees every site; leave out site, company and region");
        }
        if (role != Role.ADMINISTRATOR && scope.isEmpty()) {
            throw new IllegalArgumentException(
                    "a " + role.word() + " needs a scope: sites, a company or a region; without one it sees nothing");
        }
    }

    boolean isNamed() {
        return secret.isPresent();
    }

    /** How the journal names it: the person with the account's name, so that two of one name are told apart. */
    String label() {
        return person.map(p -> p + " (" + name + ")").orElse(name);
    }

    Account withSecret(String hash) {
        return new Account(name, person, role, scope, Optional.of(hash));
    }

    /** Changes with the password: a session that carries an older one is over. */
    String stamp() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(secret.orElse("").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
