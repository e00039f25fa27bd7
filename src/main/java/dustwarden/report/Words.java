package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dustwarden.core.model.Text;
import dustwarden.core.rule.Rule;
import dustwarden.notify.ReasonWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The words of papers in both languages: labels, items, states, and the sentences of reasons. */
final class Words {
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

    /** {@code 2026-03-14 09:00:00} of a time in ISO 8601; any other text as it is. */
    static String time(String iso) {
        boolean is = iso.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?([+-]\\d{2}:\\d{2}|Z)");
        return is ? iso.substring(0, 10) + " " + iso.substring(11, 19) : iso;
    }

    private static String both(JsonNode words, String code) {
        return words.isMissingNode() ? code : words.path("zh").asText() + " " + words.path("en").asText();
    }

    /**
     * What reasons say in Chinese and then in English: what it is, what to do, what clears it, and by which clause.
     *
     * @param rule whose verdict it is; empty for what no rulebook writes
     */
    static List<String> sentences(JsonNode reasons, Optional<Rule> rule) {
        List<JsonNode> all = new ArrayList<>();
        reasons.forEach(all::add);
        List<String> lines = new ArrayList<>();
        for (String language : List.of("zh", "en")) {
            boolean zh = language.equals("zh");
            rule.map(Rule::head).ifPresent(head -> lines.add((zh ? "依据：" : "By: ")
                    + (zh ? head.title().zh() : head.title().en()) + (zh ? "（" : " (") + head.citation().standard()
                    + (zh ? "，" : ", ") + head.citation().clause() + (zh ? "）" : ")")));
            ReasonWords.sentences(all, rule, language, Words::time).lines().forEach(lines::add);
        }
        return lines;
    }
}
