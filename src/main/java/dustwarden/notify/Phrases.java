package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dustwarden.series.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** The words of notices in one language, and how figures and times read in them. */
final class Phrases {
    private static final JsonNode WORDS = read("/notices.yaml");
    private static final JsonNode REASONS = read("/reasons.yaml");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DAY_TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm");
    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*");

    private final String language;

    Phrases(String language) {
        this.language = language;
    }

    private static JsonNode read(String resource) {
        try (InputStream in = Objects.requireNonNull(Phrases.class.getResourceAsStream(resource), resource)) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
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
     * What a reason says happened; what to do about it stands in lines of its own.
     *
     * @param now ISO 8601, against whose day times read
     */
    String fact(JsonNode reason, String now) {
        String code = reason.path("code").asText();
        String template = WORDS.path("facts").path(code).path(language)
                .asText(REASONS.path(code).path(language).asText(""));
        if (template.isEmpty()) {
            return code;
        }
        var params = Json.object();
        reason.path("params").fields().forEachRemaining(p -> {
            if (p.getValue().isTextual()) {
                params.put(p.getKey(), value(p.getValue().asText(), now));
            } else if (p.getValue().isNumber()) {
                params.put(p.getKey(), number(p.getKey(), p.getValue()));
            } else {
                params.set(p.getKey(), p.getValue());
            }
        });
        String[] parts = template.split("[;；] ?(?![^\\[]*\\])", 2);
        String said = Template.fill(parts[0], params, language);
        // The shared words have ASCII punctuation, which does not read well among Chinese characters.
        return zh() ? said.replaceAll("(?<=[\\p{IsHan}）]),", "，").replaceAll("(?<=\\p{IsHan}):(?!\\d)", "：") : said;
    }

    private String value(String text, String now) {
        return ISO.matcher(text).matches() ? time(text, now) : word("values", text);
    }

    private static String number(String name, JsonNode value) {
        double number = value.asDouble();
        if (name.equals("share")) {
            return Math.round(number * 100) + " %";
        }
        return figure(number);
    }

    static String figure(double number) {
        String text = String.format(Locale.ROOT, "%.2f", number).replaceAll("\\.?0+$", "");
        return text.isEmpty() || text.equals("-") ? "0" : text;
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
