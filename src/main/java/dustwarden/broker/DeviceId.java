package dustwarden.broker;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name a device logs in with, {@code site/device}; a region's feeds use the reserved site
 * {@code region}, so that {@code region/410700} owns {@code dust/v1/region/410700/#}.
 */
public record DeviceId(String site, String device) {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    public DeviceId {
        check("site", site);
        check("device", device);
    }

    /** The id in {@code site/device}, or nothing if it is not of that form. */
    public static Optional<DeviceId> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String site = text.substring(0, slash);
        String device = text.substring(slash + 1);
        return isId(site) && isId(device) ? Optional.of(new DeviceId(site, device)) : Optional.empty();
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static void check(String what, String text) {
        if (!isId(text)) {
            throw new IllegalArgumentException(what + " id is '" + text + "', must match " + ID);
        }
    }

    @Override
    public String toString() {
        return site + "/" + device;
    }
}
