package dustwarden.console;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that just happened, as it goes to the browsers; without a site it goes to all.
 *
 * @param json one object without line breaks
 */
public record LiveEvent(Kind kind, Optional<String> site, String json) {
    public enum Kind {
        VERDICT,
        ALARM,
        READING,
        PROGRESS,
        PING,
        /** This client missed something and should read the lists again. */
        GAP;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param item a checklist item with {@code site} and {@code at} */
    public static LiveEvent verdict(String site, String item) {
        return new LiveEvent(Kind.VERDICT, Optional.of(site), item);
    }

    /** @param alarm the alarm with {@code transition} */
    public static LiveEvent alarm(String site, String alarm) {
        return new LiveEvent(Kind.ALARM, Optional.of(site), alarm);
    }

    /** @param reading {@code site}, {@code device}, {@code ts}, {@code values} */
    public static LiveEvent reading(String site, String reading) {
        return new LiveEvent(Kind.READING, Optional.of(site), reading);
    }

    public static LiveEvent progress(Status.Progress progress) {
        return new LiveEvent(Kind.PROGRESS, Optional.empty(), SiteRoutes.progress(progress).encode());
    }

    String frame() {
        return "event: " + kind.word() + "\ndata: " + json + "\n\n";
    }
}
