package dustwarden.broker;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What is wrong in a password file, in English and Chinese.
 *
 * @param line counted from 1; 0 when it is the file as a whole
 */
public record PasswordProblem(Path file, int line, String en, String zh) {
    public PasswordProblem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(en, "en");
        Objects.requireNonNull(zh, "zh");
        if (line < 0) {
            throw new IllegalArgumentException("line is " + line + ", must be 0 or more");
        }
    }

    @Override
    public String toString() {
        return line == 0 ? file + ": " + en : file + ":" + line + ": " + en;
    }
}
