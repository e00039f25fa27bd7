package dustwarden.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.model.CanonicalJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            true | true
            no | "no"
            on | "on"
            ~ | null
            12 | 12
            2.50 | 2.5
            120.0 | 120
            -0 | 0
            0507 | "0507"
            1e5 | "1e5"
            0x10 | "0x10"
            1_000 | "1_000"
            22:00 | "22:00"
            2026-03-01 | "2026-03-01"
            .inf | ".inf"
            '"12"' | "12"
            99999999999999999999 | "99999999999999999999"
            """)
    void onlyPlainWordsAndNumbersAreMoreThanText(String yaml, String json) {
        assertEquals("{\"a\":" + json + "}", CanonicalJson.text(read("a: " + yaml).json()));
    }

    @Test
    void keysAreSortedAndTheHashIsOfTheText() {
        String text = CanonicalJson.text(read("b: [1, {d: x, c: y}]\na: 甲\n").json());
        assertEquals("{\"a\":\"甲\",\"b\":[1,{\"c\":\"y\",\"d\":\"x\"}]}", text);
        assertEquals(CanonicalJson.sha256(text), CanonicalJson.hash(CanonicalJson.parse(text)));
    }

    @Test
    void aVeryLargeFileIsRefused() {
        String text = "a: " + "x".repeat(YamlFile.SIZE_BYTES_MAX);
        assertEquals(1, read(text).problems().size());
    }

    @Test
    void deepNestingIsRefused() {
        assertTrue(read("[".repeat(5000)).problems().get(0).startsWith("f: is not YAML"), "deep");
    }

    @Test
    void manyAliasesOfTextAreBounded() {
        String long1 = "a: &a " + "x".repeat(1000) + "\nb: [" + "*a, ".repeat(250_000) + "*a]";
        assertEquals(1, read(long1).problems().size());
    }

    private static YamlFile read(String text) {
        return YamlFile.read("f", text.getBytes(StandardCharsets.UTF_8));
    }
}
