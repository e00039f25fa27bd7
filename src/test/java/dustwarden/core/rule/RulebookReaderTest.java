package dustwarden.core.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.CanonicalJson;
import dustwarden.core.model.Fields.Problems;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulebookReaderTest {
    private static final String PARENT = """
            {"rulebook":"p","kind":"checklist","title":"P","validFrom":"2017-01-01",
             "citation":{"standard":"S","clause":"1","confidence":"reported"},
             "rules":[
              {"id":"a","kind":"ban","item":"restrictions","title":"A","cause":"wind","windFrom":8},
              {"id":"b","kind":"passages","item":"washing","title":"B","validTo":"2030-01-01"}]}""";

    @Test
    void anHeirOverridesByIdRemovesAndAdds() {
        Rulebook book = heir("""
                {"rulebook":"c","extends":"p","title":"C","validFrom":"2020-01-01","remove":["b"],
                 "citation":{"standard":"T","clause":"2"},
                 "rules":[{"id":"a","windFrom":10},
                          {"id":"n","kind":"ban","item":"restrictions","title":"N","cause":"night"}]}""");
        assertEquals(List.of("c/a", "c/n"), book.rules().stream().map(r -> r.head().id()).toList());
        BanRule wind = (BanRule) book.rules().get(0);
        assertEquals(10, wind.windFrom());
        assertEquals(BanRule.Cause.WIND, wind.cause());
        assertEquals("S", wind.head().citation().standard());
        assertEquals("T", book.rules().get(1).head().citation().standard());
    }

    @Test
    void aRuleIsInForceOnlyWhileItsRulebookIs() {
        Rulebook book = heir("{\"rulebook\":\"c\",\"extends\":\"p\",\"title\":\"C\",\"validFrom\":\"2020-01-01\"}");
        assertEquals(Optional.of(LocalDate.of(2020, 1, 1)), book.rules().get(0).head().validFrom());
        assertEquals(Optional.of(LocalDate.of(2030, 1, 1)), book.rules().get(1).head().validTo());
    }

    @Test
    void theHashOfAnHeirTellsOfWhatItExtends() {
        String heir = "{\"rulebook\":\"c\",\"extends\":\"p\",\"title\":\"C\"}";
        Map<String, JsonNode> before = Map.of("p", CanonicalJson.parse(PARENT));
        Map<String, JsonNode> after = Map.of("p", CanonicalJson.parse(PARENT.replace("\"windFrom\":8", "\"windFrom\":9")));
        assertNotEquals(
                CanonicalJson.hash(RulebookExtension.flatten(CanonicalJson.parse(heir), before, new Problems())),
                CanonicalJson.hash(RulebookExtension.flatten(CanonicalJson.parse(heir), after, new Problems())));
    }

    @Test
    void casesDoNotChangeTheHash() {
        JsonNode with = CanonicalJson.parse(PARENT.replace("\"kind\":\"checklist\"", "\"kind\":\"checklist\",\"cases\":[1]"));
        Map<String, JsonNode> none = Map.of();
        assertEquals(
                CanonicalJson.hash(CanonicalJson.parse(PARENT)),
                CanonicalJson.hash(RulebookExtension.flatten(with, none, new Problems())));
    }

    @Test
    void aSourceBelongsToItsOwnStandardAlone() {
        String sourced = PARENT.replace("\"clause\":\"1\"", "\"clause\":\"1\",\"link\":\"https://a.example/s\",\"quotedBy\":\"Q\"")
                .replace("\"cause\":\"wind\"", "\"citation\":{\"standard\":\"U\",\"clause\":\"9\"},\"cause\":\"wind\"");
        Problems problems = new Problems();
        Rulebook book = RulebookReader.read(CanonicalJson.parse(sourced), "h", problems).orElseThrow();
        assertEquals(Optional.empty(), book.rules().get(0).head().citation().link());
        assertEquals(Optional.of("https://a.example/s"), book.rules().get(1).head().citation().link());
        JsonNode heir = CanonicalJson.parse("{\"rulebook\":\"c\",\"extends\":\"p\",\"title\":\"C\"}");
        Rulebook child = RulebookReader.read(
                RulebookExtension.flatten(heir, Map.of("p", CanonicalJson.parse(sourced)), problems), "h", problems).orElseThrow();
        assertEquals(Optional.empty(), child.rules().get(0).head().citation().quotedBy());
        assertEquals(Optional.of("Q"), child.rules().get(1).head().citation().quotedBy());
        assertEquals(List.of(), problems.all());
    }

    @Test
    void aLinkIsAnAddressAndNoScript() {
        for (String link : List.of("javascript:alert(1)", "ftp://a.example/x", "https://a b", "//a.example/x")) {
            Problems problems = new Problems();
            RulebookReader.read(CanonicalJson.parse(PARENT.replace("\"clause\":\"1\"", "\"clause\":\"1\",\"link\":\"" + link + "\"")),
                    "h", problems);
            assertEquals(2, problems.all().size(), link);
        }
    }

    @Test
    void passagesAlarmAtOnceAndOthersAfterAMinute() {
        Rulebook book = heir("{\"rulebook\":\"c\",\"extends\":\"p\",\"title\":\"C\"}");
        assertEquals(List.of(60_000L, 0L), book.rules().stream().map(r -> r.head().onDelayMs()).toList());
    }

    @Test
    void aRulebookBindsAtAnyNodeOfARegionPath() {
        Rulebook book = new Rulebook("r", Rulebook.Kind.LIMITS, new dustwarden.core.model.Text("r", "r"),
                List.of("410100"), Optional.empty(), Optional.empty(), List.of(), "h");
        assertEquals(List.of(true, true, false, false), List.of(
                book.binds("410000/410100/410105"), book.binds("410100"), book.binds("410000"), book.binds("41010/0")));
    }

    private static Rulebook heir(String json) {
        Problems problems = new Problems();
        JsonNode flat = RulebookExtension.flatten(
                CanonicalJson.parse(json), Map.of("p", CanonicalJson.parse(PARENT)), problems);
        Optional<Rulebook> book = RulebookReader.read(flat, "h", problems);
        assertEquals(List.of(), problems.all());
        return book.orElseThrow();
    }
}
