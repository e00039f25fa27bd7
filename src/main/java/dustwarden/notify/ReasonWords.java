package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dustwarden.core.rule.Rule;
import dustwarden.series.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Reasons as sentences in both languages: what it is, what to do now, what clears it. The only words for them; notices,
 * evidence, reports and pages all say these.
 */
public final class ReasonWords {
    private static final JsonNode REASONS = read("/reasons.yaml");
    private static final JsonNode VALUES = read("/notices.yaml");
    private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9-]*(?:[,+ ]+[a-z][a-z0-9-]*)*");
    private static final Pattern SHARE = Pattern.compile("share|margin");

    /** The parts of a reason's sentence, in their order in the file. */
    public enum Part {
        SAY,
        DO_NOW,
        CLEARS
    }

    private ReasonWords() {}

    static JsonNode read(String resource) {
        try (InputStream in = Objects.requireNonNull(ReasonWords.class.getResourceAsStream(resource), resource)) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    /**
     * One part of a reason in a language.
     *
     * @param reason {@code {"code":…,"params":{…}}}
     * @param time how a time in ISO 8601 is to read
     * @return empty where the file has no such part: then the rule says it
     */
    public static Optional<String> part(Part part, JsonNode reason, String language, UnaryOperator<String> time) {
        JsonNode text = REASONS.path(reason.path("code").asText()).path(language).path(part.ordinal());
        return text.isMissingNode()
                ? Optional.empty()
                : Optional.of(Template.fill(text.asText(), readable(reason, language, time), language));
    }

    /** What a reason says; its code where it has no words. */
    public static String say(JsonNode reason, String language, UnaryOperator<String> time) {
        return part(Part.SAY, reason, language, time).orElseGet(() -> reason.path("code").asText());
    }

    /** What clears an alarm of a rule whose reasons do not say it themselves. */
    public static String clears(Rule rule, String language) {
        return rule.accept(new ClearsWhen(new Phrases(language)));
    }

    /** What to do now where no reason says it: the item's. */
    public static String todo(String item, String language) {
        JsonNode all = VALUES.path("todo");
        return all.path(all.has(item) ? item : "any").path(language).asText();
    }

    /**
     * A line for each reason: what it is, what to do, what clears it.
     *
     * @param rule says what clears it and what to do where the reason does not
     */
    public static String sentences(
            List<JsonNode> reasons, Optional<Rule> rule, String language, UnaryOperator<String> time) {
        boolean zh = language.equals("zh");
        List<String> said = new ArrayList<>();
        for (JsonNode reason : reasons) {
            String todo = part(Part.DO_NOW, reason, language, time)
                    .or(() -> rule.map(r -> todo(r.head().item(), language))).orElse("");
            String clears = part(Part.CLEARS, reason, language, time).or(() -> rule.map(r -> clears(r, language))).orElse("");
            StringBuilder text = new StringBuilder(say(reason, language, time)).append(zh ? "。" : ".");
            if (!todo.isEmpty()) {
                text.append(zh ? "现在要做：" + todo + "。" : " Do now: " + todo);
            }
            if (!clears.isEmpty()) {
                text.append(zh ? "恢复条件：" + clears + "。" : " Clears when " + clears + ".");
            }
            said.add(text.toString());
        }
        return String.join("\n", said);
    }

    /** All words in one for the pages: reasons by code, and what to do about an item where no reason says it. */
    public static JsonNode forPages() {
        ObjectNode all = Json.object();
        all.set("reasons", REASONS);
        all.set("todo", VALUES.path("todo"));
        return all;
    }

    private static ObjectNode readable(JsonNode reason, String language, UnaryOperator<String> time) {
        ObjectNode shown = Json.object();
        boolean limitIsShare = reason.path("code").asText().equals("share-low");
        reason.path("params").fields().forEachRemaining(p -> {
            JsonNode value = p.getValue();
            if (value.isTextual()) {
                shown.put(p.getKey(), text(p.getKey(), value.asText(), language, time));
            } else if (value.isNumber()) {
                boolean share = SHARE.matcher(p.getKey()).matches() || limitIsShare && p.getKey().equals("limit");
                shown.put(p.getKey(), share ? percent(value.asDouble()) : figure(value.asDouble()));
            } else {
                shown.set(p.getKey(), value);
            }
        });
        return shown;
    }

    private static String text(String key, String text, String language, UnaryOperator<String> time) {
        String said = time.apply(text);
        if (!said.equals(text) || !WORDS.matcher(text).matches()) {
            return said;
        }
        if (key.equals("item")) {
            return VALUES.path("items").path(text).path(language).asText(text);
        }
        // Ids are no words: only a list whose every word is known is said in the language.
        List<String> words = new ArrayList<>();
        for (String word : text.split("[,+ ]+")) {
            JsonNode known = VALUES.path("values").path(word).path(language);
            if (known.isMissingNode()) {
                return text;
            }
            words.add(known.asText());
        }
        return String.join(language.equals("zh") ? "、" : ", ", words);
    }

    /** A share that never rounds up to 100: 79 of 80 is not all. */
    static String percent(double share) {
        double shown = share >= 1 ? 100 : Math.floor(share * 1000 + 1e-9) / 10;
        return figure(shown) + " %";
    }

    static String figure(double number) {
        String text = String.format(Locale.ROOT, "%.2f", number).replaceAll("\\.?0+$", "");
        return text.isEmpty() || text.equals("-") ? "0" : text;
    }
}
