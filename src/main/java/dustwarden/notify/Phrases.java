package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.series.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** The words of notices in one language, and how figures and times read in them. */
final class Phrases {
    private static final JsonNode WORDS = ReasonWords.read("/notices.yaml");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DAY_TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm");
    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*");

    private final String language;

    Phrases(String language) {
        this.language = language;
    }

    boolean zh() {
        return language.equals("zh");
    }

    /** The word for a code; the code itself where there is none. */
    String word(String group, String code) {
        return WORDS.path(group).path(code).path(language).asText(code);
    }

    boolean has(String group, String code) {
        return WORDS.path(group).has(code);
    }

    /** A sentence with parameters: {@code name, value, name, value …}. */
    String say(String group, String code, Object... params) {
        var json = Json.object();
        for (int i = 0; i < params.length; i += 2) {
            json.put(String.valueOf(params[i]), String.valueOf(params[i + 1]));
        }
        return Template.fill(word(group, code), json, language);
    }

    String label(String label, String value) {
        return word("labels", label) + (zh() ? "：" : ": ") + value;
    }

    /**
     * One part of what a reason says.
     *
     * @param now ISO 8601, against whose day times read
     */
    Optional<String> part(ReasonWords.Part part, JsonNode reason, String now) {
        return ReasonWords.part(part, reason, language, text -> ISO.matcher(text).matches() ? time(text, now) : text);
    }

    /** What the first of an alarm's reasons says that says it; where it has none, what its rule is called counts as one. */
    Optional<String> ofReasons(ReasonWords.Part part, JsonNode alarm) {
        String now = alarm.path("at").asText();
        for (JsonNode reason : alarm.path("reasons")) {
            Optional<String> said = part(part, reason, now);
            if (said.isPresent()) {
                return said;
            }
        }
        return part(part, Json.object().put("code", alarm.path("rule").asText()), now);
    }

    /** What a reason says happened; what to do about it stands in lines of its own. */
    String fact(JsonNode reason, String now) {
        return part(ReasonWords.Part.SAY, reason, now).orElseGet(() -> reason.path("code").asText());
    }

    static String figure(double number) {
        return ReasonWords.figure(number);
    }

    /** A time as one says it: the clock alone on the same day. */
    String time(String iso, String now) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(iso);
            boolean today = now.length() >= 10 && iso.startsWith(now.substring(0, 10));
            return (today ? TIME : DAY_TIME).format(time);
        } catch (DateTimeException e) {
            return iso;
        }
    }

    String lasted(String from, String to) {
        try {
            Duration span = Duration.between(OffsetDateTime.parse(from), OffsetDateTime.parse(to));
            long minutes = Math.max(0, span.toMinutes());
            return minutes < 60 ? say("sentences", "minutes", "n", minutes)
                    : minutes < 48 * 60 ? say("sentences", "hours", "h", minutes / 60, "m", minutes % 60)
                    : say("sentences", "days", "d", minutes / 1440, "h", minutes % 1440 / 60);
        } catch (DateTimeException e) {
            return "?";
        }
    }

    String period(String iso) {
        return word("periods", iso);
    }
}
