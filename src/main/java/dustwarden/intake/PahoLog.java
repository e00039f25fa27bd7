package dustwarden.intake;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the client library from printing what we say ourselves. */
final class PahoLog {
    private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

    private PahoLog() {}

    static void silence() {
        PAHO.setLevel(Level.OFF);
    }
}
