package dustwarden.app.node;

import dustwarden.settings.Settings;
import java.io.IOException;

/** A server cannot listen where the settings say; the message tells a person where, why and what to change. */
final class NotListening extends IOException {
    private static final long serialVersionUID = 1;

    NotListening(String key, Settings.Listener where, Exception cause) {
        super(
                "cannot listen on " + where.host() + ":" + where.port() + ": " + cause.getMessage()
                        + "; set another " + key + ".port (0 = any free one) or " + key + ".host",
                cause);
    }
}
