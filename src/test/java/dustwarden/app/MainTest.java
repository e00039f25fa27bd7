package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpIsEverywhere() {
        assertEquals(0, run("--help"));
        assertEquals(0, run("check", "--help"));
        assertEquals(0, run("rulebook", "--help"));
        assertEquals(0, run("rulebook", "lint", "--help"));
        assertTrue(out.toString().contains("--config=FILE"), out.toString());
    }

    @Test
    void badUsageIsTwo() {
        assertEquals(2, run());
        assertEquals(2, run("chekc"));
        assertEquals(2, run("rulebook"));
        assertEquals(2, run("rulebook", "lint"));
        assertEquals(2, run("check", "--nothing"));
        assertFalse(err.toString().contains("\tat "), err.toString());
    }

    @Test
    void checkIsGoodForTheShippedSites() {
        assertEquals(0, run("check", "--set", "register=devices/sites"), err.toString());
        assertTrue(out.toString().startsWith("good: 3 sites"), out.toString());
    }

    @Test
    void checkReportsSettingsAndRegisterTogether() throws IOException {
        Path sites = Files.createDirectory(directory.resolve("sites"));
        Files.writeString(sites.resolve("a.yaml"), "site: A\n");
        Path config = Files.writeString(directory.resolve("c.yaml"), "register: sites\nhttp: {prot: 1}\n");
        assertEquals(2, run("check", "--config", config.toString()));
        assertTrue(err.toString().contains("c.yaml:2: http.prot: "), err.toString());
        assertTrue(err.toString().contains("a.yaml:1: site: "), err.toString());
        assertTrue(err.toString().contains("a.yaml:1: region: is required"), err.toString());
    }

    @Test
    void lintRefusesALimitWithoutCitation() throws IOException {
        Path book = Files.writeString(directory.resolve("b.yaml"), """
                rulebook: b
                kind: limits
                title: T
                validFrom: 2020-01-01
                rules:
                  - {id: a, kind: limit, item: particulates, title: T, quantity: pm10, period: PT1H, limit: 80, unit: µg/m³}
                """);
        assertEquals(1, run("rulebook", "lint", book.toString()));
        assertTrue(err.toString().contains("b.yaml:6: rules[0].citation: is required"), err.toString());
    }

    @Test
    void lintShowsTheRulesThatResult() {
        assertEquals(0, run("rulebook", "lint", "src/test/resources/rulebooks/good/city.yaml"), err.toString());
        assertTrue(out.toString().contains("  extra  restrictions"), out.toString());
        assertTrue(out.toString().contains("  washing  washing"), out.toString());
        assertFalse(out.toString().contains("  night  "), out.toString());
    }

    @Test
    void lintWarnsOfACitationThatLeadsNowhere() throws IOException {
        assertEquals(0, run("rulebook", "lint", cited("reported").toString()), err.toString());
        assertEquals("warning: b.yaml: $.rules[0].citation: a 未附链接或文件哈希 / has neither link nor document (SHA-256)",
                err.toString().strip());
    }

    @Test
    void lintRefusesAConfirmedRuleThatDoesNotSayByWhichText() throws IOException {
        assertEquals(1, run("rulebook", "lint", cited("confirmed").toString()));
        assertTrue(err.toString().startsWith("b.yaml: $.rules[0].citation: a 标为 confirmed"), err.toString());
        assertEquals(0, run("rulebook", "lint", cited("confirmed, link: 'https://a.example/s'").toString()));
    }

    private Path cited(String confidence) throws IOException {
        return Files.writeString(directory.resolve("b.yaml"), """
                rulebook: b
                kind: limits
                title: T
                validFrom: 2020-01-01
                citation: {standard: S, clause: C, confidence: %s}
                rules:
                  - {id: a, kind: limit, item: particulates, title: T, quantity: pm10, period: PT1H, limit: 80, unit: µg/m³,
                     form: absolute, allowed: 0, captureMin: 0.75}
                """.formatted(confidence));
    }

    @Test
    void lintShowsWhereACitationLeads() {
        assertEquals(0, run("rulebook", "lint", "devices/rulebooks/gb-16297-1996.yaml"), err.toString());
        assertEquals("", err.toString());
        assertTrue(out.toString().contains("      link: https://www.mee.gov.cn/"), out.toString());
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
