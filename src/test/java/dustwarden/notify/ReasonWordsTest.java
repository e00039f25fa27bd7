package dustwarden.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.honesty.DoubtKind;
import dustwarden.core.rule.Rule;
import dustwarden.notify.ReasonWords.Part;
import dustwarden.series.Json;
import dustwarden.settings.RulebookFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every reason says what it is, what to do now and what clears it, in both languages, for whatever rule gives it. */
class ReasonWordsTest {
    private static final List<String> LANGUAGES = List.of("zh", "en");
    private static final JsonNode REASONS = ReasonWords.forPages().path("reasons");
    private static final Pattern BRACES = Pattern.compile("\\{(\\w+)}");
    private static final Pattern GIVEN = Pattern.compile("(?:Reason\\.of|new Reason)\\(\\s*\"([a-z-]+)\"(?!\\.)");

    private final List<Rule> rules = new ArrayList<>();

    ReasonWordsTest() throws IOException {
        try (Stream<Path> books = Files.list(Path.of("devices/rulebooks"))) {
            RulebookFiles.read(books.sorted().toList()).value().orElseThrow().forEach(book -> rules.addAll(book.rules()));
        }
    }

    private static JsonNode reason(String code, boolean full) {
        ObjectNode params = Json.object();
        for (String language : LANGUAGES) {
            for (JsonNode part : REASONS.path(code).path(language)) {
                String text = full ? part.asText() : part.asText().replaceAll("\\[[^]]*]", "");
                for (Matcher name = BRACES.matcher(text); name.find(); ) {
                    params.put(name.group(1), "p-" + name.group(1));
                }
            }
        }
        ObjectNode reason = Json.object().put("code", code);
        reason.set("params", params);
        return reason;
    }

    @Test
    void everyCodeSaysAllOfItInBothLanguages() {
        List<String> wrong = new ArrayList<>();
        REASONS.fieldNames().forEachRemaining(code -> {
            for (String language : LANGUAGES) {
                for (boolean full : new boolean[] {true, false}) {
                    JsonNode reason = reason(code, full);
                    for (Part part : Part.values()) {
                        Optional<String> said = ReasonWords.part(part, reason, language, time -> time);
                        if (said.isEmpty() ? part == Part.SAY : !readable(said.get(), language)) {
                            wrong.add(code + " " + language + " " + part + ": " + said);
                        }
                    }
                }
            }
        });
        assertEquals(List.of(), wrong);
        assertFalse(REASONS.isEmpty());
    }

    private static boolean readable(String text, String language) {
        boolean han = text.chars().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
        return !text.isBlank() && !text.matches("(?s).*[{}\\[\\]?].*") && han == language.equals("zh");
    }

    @Test
    void whereAReasonDoesNotSayItTheRuleOrItsItemDoes() {
        List<String> wrong = new ArrayList<>();
        for (Rule rule : rules) {
            for (String language : LANGUAGES) {
                if (!readable(ReasonWords.clears(rule, language), language)) {
                    wrong.add(rule.head().id() + " " + language + ": " + ReasonWords.clears(rule, language));
                }
            }
        }
        assertEquals(List.of(), wrong);
        Set<String> items = new TreeSet<>();
        rules.forEach(rule -> items.add(rule.head().item()));
        items.forEach(item -> LANGUAGES.forEach(language ->
                assertFalse(ReasonWords.todo(item, language).isBlank(), item + " in " + language)));
    }

    @Test
    void everyReasonThatTheCoreGivesHasWords() throws IOException {
        Set<String> given = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/dustwarden/core"))) {
            for (Path source : sources.filter(p -> p.toString().endsWith(".java")).toList()) {
                for (Matcher code = GIVEN.matcher(Files.readString(source)); code.find(); ) {
                    given.add(code.group(1));
                }
            }
        }
        assertFalse(given.isEmpty(), "the core gives no reasons");
        Stream.of(DoubtKind.values()).map(DoubtKind::reason).forEach(given::add);
        given.removeIf(REASONS::has);
        assertEquals(Set.of(), given);
    }

    @Test
    void codesOfParametersAreSaidInTheLanguageAndIdsAreNot() {
        JsonNode reason = Json.parse("""
                {"code":"ban-broken","params":{"activity":"earthwork","cause":"wind","order":"o-7"}}""");
        assertEquals("土方作业在禁止期内进行（大风），停工令 o-7", ReasonWords.say(reason, "zh", time -> time));
        assertEquals("earthwork goes on although it is banned (wind), order o-7", ReasonWords.say(reason, "en", time -> time));
        JsonNode share = Json.parse("{\"code\":\"out-of-order\",\"params\":{\"unit\":\"fence-03\",\"share\":0.9999}}");
        assertEquals("fence-03 is not in order, share 99.9 %", ReasonWords.say(share, "en", time -> time));
    }
}
