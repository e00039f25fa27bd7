package dustwarden.console;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/** Something that just happened, as it goes to the browsers; without a site it goes to all. */
public record LiveEvent(Kind kind, Optional<String> site, JsonObject data) {
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
    public static LiveEvent verdict(String site, JsonObject item) {
        return new LiveEvent(Kind.VERDICT, Optional.of(site), item);
    }

    /** @param alarm the alarm with {@code transition} */
    public static LiveEvent alarm(String site, JsonObject alarm) {
        return new LiveEvent(Kind.ALARM, Optional.of(site), alarm);
    }

    /** @param reading {@code site}, {@code device}, {@code ts}, {@code values} */
    public static LiveEvent reading(String site, JsonObject reading) {
        return new LiveEvent(Kind.READING, Optional.of(site), reading);
    }

    public static LiveEvent progress(Status.Progress progress) {
        return new LiveEvent(Kind.PROGRESS, Optional.empty(), SiteRoutes.progress(progress));
    }

    String frame() {
        return "event: " + kind.word() + "\ndata: " + data.encode() + "\n\n";
    }
}
