package dustwarden.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.ContentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentLoaderTest {
    private static final String SITE = """
            site: %s
            name: {zh: 甲, en: A}
            region: "410000/410700"
            rulebook: %s
            devices:
              - {id: dust-1, kind: monitor, every: PT1M, hj212: {mn: "%s", password: "s3cret99"}}
            """;

    @TempDir
    Path register;

    @Test
    void sameContentInAnotherShapeHasTheSameHash() throws IOException {
        write("a.yaml", SITE.formatted("a", "henan-seven", "01"));
        Contents one = load().value().orElseThrow();
        write("a.yaml", """
                # the same, written otherwise
                "devices": [{"every": PT1M, kind: monitor, id: 'dust-1', hj212: {password: s3cret99, mn: '01'}}]
                rulebook:   "henan-seven"
                name:
                  en: A
                  zh: 甲
                site: a
                region: 410000/410700
                """);
        assertEquals(one.refs(), load().value().orElseThrow().refs());
    }

    @Test
    void whatIsInForceIsWhatTheJournaledContentReadsAs() {
        ContentSources demo = new ContentSources(
                Optional.empty(), Optional.empty(), Optional.empty(), true, ContentSources.ZONE, Optional.empty(), false);
        Contents contents = ContentLoader.load(demo, p -> "keyed:" + p.length()).value().orElseThrow();
        dustwarden.core.Content read = new ContentReader(contents.byHash()::get).apply(contents.refs());
        dustwarden.core.Content known = contents.inForce();
        assertTrue(known.register().sites().size() >= 3);
        assertEquals(List.copyOf(read.register().sites()), List.copyOf(known.register().sites()));
        assertEquals(read.rulebooks(), known.rulebooks());
        assertEquals(read.zone(), known.zone());
    }

    @Test
    void noPasswordStandsInContent() throws IOException {
        write("a.yaml", SITE.formatted("a", "henan-seven", "01"));
        Contents contents = load().value().orElseThrow();
        String all = contents.byHash().values().toString();
        assertFalse(all.contains("s3cret99"));
        assertTrue(all.contains("keyed:8"));
        assertEquals(Optional.of("keyed:8"),
                contents.sites().get(0).devices().get(0).hj212().orElseThrow().passwordHash());
    }

    @Test
    void everyProblemOfEveryFileIsInOneReport() throws IOException {
        write("a.yaml", SITE.formatted("a", "henan-sevn", "01"));
        write("b.yaml", SITE.formatted("b", "[henan-seven, hebei]", "01"));
        write("c.yaml", SITE.formatted("b", "henan-seven", "02"));
        write("d.yaml", "site: d\nsite: e\n");
        List<String> problems = load().problems().stream().map(p -> p.replace(register + "/", "")).toList();
        assertTrue(problems.contains("a.yaml:4: rulebook: names henan-sevn, which is no rulebook that could be read; "
                + "did you mean henan-seven?"), problems.toString());
        assertTrue(problems.contains("c.yaml:1: site: is b, as in b.yaml"), problems.toString());
        assertTrue(problems.contains("d.yaml:2: site: stands here twice; keep one of them"), problems.toString());
        assertTrue(problems.contains("b.yaml:6: devices[0].hj212.mn: is 01, as that of a/dust-1"), problems.toString());
        assertFalse(problems.toString().contains("s3cret99"));
    }

    @Test
    void limitsAreRefusedOutsideTheirRegion() throws IOException {
        write("a.yaml", SITE.formatted("a", "[henan-seven, there]", "01"));
        Path rulebooks = Files.createDirectory(register.resolve("rulebooks"));
        Files.writeString(rulebooks.resolve("there.yaml"), """
                rulebook: there
                kind: limits
                title: {zh: 那里, en: There}
                regions: ["130000"]
                validFrom: 2019-04-01
                citation: {standard: S, clause: "4"}
                rules:
                  - {id: pm10, kind: limit, item: particulates, title: {zh: 限, en: L}, quantity: pm10, period: PT1H,
                     limit: 80, unit: µg/m³}
                """);
        Checked<Contents> read = load(Optional.of(rulebooks));
        assertEquals(1, read.problems().size(), read.problems().toString());
        assertTrue(read.problems().get(0).contains("which bind in 130000, not in 410000/410700"));
    }

    @Test
    void aContactsChannelMustExist() throws IOException {
        write("a.yaml", SITE.formatted("a", "henan-seven", "01")
                + "contacts: [{role: r, name: N, channels: [log, site-robt]}]\n");
        ContentSources sources = new ContentSources(
                Optional.of(register), Optional.empty(), Optional.empty(), false, ContentSources.ZONE,
                Optional.of(Set.of("site-robot")), false);
        List<String> problems = ContentLoader.load(sources, p -> p).problems();
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).endsWith("a.yaml:7: contacts[0].channels: names site-robt, which notify.channels "
                + "does not have; did you mean site-robot?"), problems.toString());
    }

    private void write(String name, String yaml) throws IOException {
        Files.writeString(register.resolve(name), yaml);
    }

    private Checked<Contents> load() {
        return load(Optional.empty());
    }

    private Checked<Contents> load(Optional<Path> rulebooks) {
        return ContentLoader.load(ContentSources.of(register, rulebooks), p -> "keyed:" + p.length());
    }
}
