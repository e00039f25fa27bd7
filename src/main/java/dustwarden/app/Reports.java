package dustwarden.app;

import dustwarden.settings.Checked;
import dustwarden.settings.Settings;
import java.io.PrintWriter;

/** What commands tell a person of what they loaded. */
final class Reports {
    private Reports() {}

    /** Prints warnings and every problem; answers whether there was none. */
    static boolean good(Checked<?> checked, PrintWriter err) {
        checked.warnings().forEach(w -> err.println("warning: " + w));
        checked.problems().forEach(err::println);
        return checked.problems().isEmpty();
    }

    /** The host of an address that a person can open. */
    static String host(Settings settings) {
        String host = settings.http().host();
        return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    }
}
