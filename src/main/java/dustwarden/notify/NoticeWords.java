package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dustwarden.core.Content;
import dustwarden.core.model.Text;
import dustwarden.core.rule.Rule;
import dustwarden.core.rule.Rulebook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the text of a notice: which site, what rule, which figures, since when, and what to do. */
public final class NoticeWords {
    private final JsonNode reasons = read("/reasons.yaml");
    private final JsonNode words = read("/notices.yaml");
    private final Supplier<Content> content;

    public NoticeWords(Supplier<Content> content) {
        this.content = content;
    }

    private static JsonNode read(String resource) {
        try (InputStream in = Objects.requireNonNull(NoticeWords.class.getResourceAsStream(resource), resource)) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    public NoticeText of(Notice notice) {
        return new NoticeText(text(notice, "zh"), text(notice, "en"));
    }

    private String text(Notice notice, String language) {
        JsonNode alarm = notice.alarmNode();
        StringBuilder text = new StringBuilder();
        text.append(language.equals("zh") ? "【" : "[").append(word("transitions", notice.transition(), language));
        text.append(language.equals("zh") ? "】" : "] ").append(site(notice.site(), language));
        text.append(" · ").append(word("items", alarm.path("item").asText(), language));
        title(alarm.path("rule").asText()).ifPresent(t -> text.append(" · ").append(language.equals("zh") ? t.zh() : t.en()));
        line(text, "subject", alarm.path("subject").asText(), language);
        for (JsonNode reason : alarm.path("reasons")) {
            text.append('\n').append(sentence(reason, language));
        }
        figure(text, alarm, language);
        line(text, "since", alarm.path("raisedAt").asText(), language);
        if (alarm.has("returnedAt")) {
            line(text, "returned", alarm.path("returnedAt").asText(), language);
        }
        line(text, "occurrences", alarm.path("occurrences").asText(), language);
        String todo = word("todo", alarm.path("item").asText(), language);
        if (!alarm.has("returnedAt") && !todo.equals(alarm.path("item").asText())) {
            line(text, "action", todo, language);
        }
        return text.toString();
    }

    private void figure(StringBuilder text, JsonNode alarm, String language) {
        if (alarm.has("peak")) {
            line(text, "peak", alarm.path("peak").asText() + (alarm.has("limit") ? " / " + alarm.path("limit").asText() : ""),
                    language);
        }
    }

    private void line(StringBuilder text, String label, String value, String language) {
        text.append('\n').append(word("labels", label, language)).append(language.equals("zh") ? "：" : ": ").append(value);
    }

    private String word(String group, String code, String language) {
        return words.path(group).path(code).path(language).asText(code);
    }

    private String site(String id, String language) {
        return content.get().register().site(id)
                .map(s -> language.equals("zh") ? s.name().zh() : s.name().en())
                .orElse(id);
    }

    private Optional<Text> title(String rule) {
        Rulebook book = content.get().rulebooks().get(rule.substring(0, Math.max(0, rule.indexOf('/'))));
        return book == null
                ? Optional.empty()
                : book.rules().stream().map(Rule::head).filter(h -> h.id().equals(rule)).map(h -> h.title()).findFirst();
    }

    private String sentence(JsonNode reason, String language) {
        String code = reason.path("code").asText();
        String template = reasons.path(code).path(language).asText("");
        return template.isEmpty() ? code : Template.fill(template, reason.path("params"), language);
    }
}
