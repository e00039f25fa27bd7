package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dustwarden.core.model.Text;
import dustwarden.notify.Template;
import dustwarden.series.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The words of papers in both languages: labels, items, states, and the sentences of reasons. */
final class Words {
    private static final JsonNode REASONS = read("/reasons.yaml");
    private static final JsonNode NOTICES = read("/notices.yaml");
    private static final JsonNode REPORTS = read("/reports.yaml");

    private Words() {}

    private static JsonNode read(String resource) {
        try (InputStream in = Objects.requireNonNull(Words.class.getResourceAsStream(resource), resource)) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /** A label of papers, Chinese and English. */
    static String label(String code) {
        return both(REPORTS.path("labels").path(code), code);
    }

    static String state(String code) {
        return both(REPORTS.path("states").path(code), code);
    }

    static String item(String code) {
        return both(NOTICES.path("items").path(code), code);
    }

    static String transition(String code) {
        return both(NOTICES.path("transitions").path(code), code);
    }

    static String both(Text text) {
        return text.zh().equals(text.en()) ? text.zh() : text.zh() + " / " + text.en();
    }

    /** Numbers as people read them, times without their fractions. */
    private static JsonNode readable(JsonNode params) {
        ObjectNode shown = Json.object();
        params.fields().forEachRemaining(p -> {
            if (p.getValue().isDouble()) {
                shown.put(p.getKey(), Html.text(p.getValue().asDouble()));
            } else if (p.getValue().isTextual()) {
                shown.put(p.getKey(), time(p.getValue().asText()));
            } else {
                shown.set(p.getKey(), p.getValue());
            }
        });
        return shown;
    }

    /** {@code 2026-03-14 09:00:00} of a time in ISO 8601; any other text as it is. */
    static String time(String iso) {
        boolean is = iso.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?([+-]\\d{2}:\\d{2}|Z)");
        return is ? iso.substring(0, 10) + " " + iso.substring(11, 19) : iso;
    }

    private static String both(JsonNode words, String code) {
        return words.isMissingNode() ? code : words.path("zh").asText() + " " + words.path("en").asText();
    }

    /** What reasons say, a sentence a line, first in Chinese and then in English. */
    static List<String> sentences(JsonNode reasons) {
        List<String> lines = new ArrayList<>();
        for (String language : List.of("zh", "en")) {
            for (JsonNode reason : reasons) {
                String code = reason.path("code").asText();
                String template = REASONS.path(code).path(language).asText(code);
                lines.add(Template.fill(template, readable(reason.path("params")), language));
            }
        }
        return lines;
    }
}
