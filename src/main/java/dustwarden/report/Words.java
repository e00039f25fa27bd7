package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dustwarden.core.model.Text;
import dustwarden.notify.Template;
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
                lines.add(Template.fill(template, reason.path("params"), language));
            }
        }
        return lines;
    }
}
