package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulebookTestCommandTest {
    private static final String BOOK = """
            rulebook: b
            kind: limits
            title: T
            validFrom: 2020-01-01
            citation: {standard: S, clause: C}
            rules:
              - {id: a, kind: limit, item: particulates, title: T, quantity: pm10, period: PT15M, limit: 80, unit: µg/m³}
            """;

    @TempDir
    Path directory;

    static Stream<String> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("devices/rulebooks"))) {
            return files.map(Path::toString).filter(name -> name.endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedRulebookBringsCasesAndTheyHold(String file) {
        CommandRun run = CommandRun.of("rulebook", "test", file);
        assertEquals(0, run.exit(), run.out() + run.err());
        assertTrue(run.lines().stream().filter(line -> line.startsWith("ok ")).count() >= 2, run.out());
        assertFalse(run.err().contains("no cases"), run.err());
    }

    @Test
    void aCaseThatDoesNotHoldSaysWhatWasMissingAndWhatCame() throws IOException {
        CommandRun run = test("""
                cases:
                  - name: wrong on purpose
                    site: {devices: [{id: m, kind: monitor, every: PT1M}]}
                    entries:
                      - {received: 2026-03-14T09:00:00+08:00, times: 15, every: PT1M, topic: m/reading, payload: {values: {pm10: 70}}}
                    until: 2026-03-14T09:30:00+08:00
                    expect: [{type: verdict, rule: b/a, state: VIOLATION}]
                    never: [{type: mean, mean: 70}]
                """);
        assertEquals(1, run.exit());
        String line = run.lines().get(0);
        assertTrue(line.startsWith("failed  b: wrong on purpose: missing {\"type\":\"verdict\""), line);
        assertTrue(line.contains("the last of its kind: {\"type\":\"verdict\""), line);
        assertTrue(line.contains("must not come: {\"type\":\"mean\""), line);
        assertEquals("1 cases, 1 failed", run.lastLine());
    }

    @Test
    void aCaseThatCannotBeReadFails() throws IOException {
        String entries = "    entries: [{received: 2026-03-14T09:00:00+08:00, topic: m/status, payload: {state: online}}]\n";
        assertTrue(test("cases:\n  - name: n\n" + entries).out().contains("expects nothing"));
        assertTrue(test("cases:\n  - name: n\n    expect: [{type: verdict}]\n").out().contains("has no entries"));
        assertTrue(test("cases:\n  - name: n\n    exepct: [{type: verdict}]\n" + entries).out().contains("unknown key exepct"));
        assertTrue(test("cases:\n  - name: n\n    site: {zone: Mars}\n    expect: [{type: verdict}]\n" + entries)
                .out().contains("site: "));
    }

    @Test
    void badFilesAreRefused() {
        assertEquals(1, CommandRun.of("rulebook", "test", directory.resolve("none.yaml").toString()).exit());
        assertEquals(2, CommandRun.of("rulebook", "test").exit());
    }

    private CommandRun test(String cases) throws IOException {
        Path file = Files.writeString(directory.resolve("b.yaml"), BOOK + cases);
        return CommandRun.of("rulebook", "test", file.toString());
    }
}
