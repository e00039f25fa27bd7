package dustwarden.settings;

import dustwarden.core.model.Fields;
import java.util.OptionalDouble;

/** Reads ports and says which hosts only this machine can reach. */
final class Ports {
    private Ports() {}

    static int read(Fields fields, String key, int otherwise) {
        OptionalDouble value = fields.optionalNumber(key);
        double port = value.orElse(otherwise);
        if (port != Math.rint(port) || port < 0 || port > 65_535) {
            fields.problem(key, "wants a port from 0 (any free one) to 65535");
            return otherwise;
        }
        return (int) port;
    }

    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
    }
}
