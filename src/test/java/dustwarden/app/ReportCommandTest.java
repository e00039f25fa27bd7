package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    static Path directory;

    private static Path data;

    @BeforeAll
    static void fillALedger() {
        data = directory.resolve("data");
        List<Entry> entries = new ArrayList<>(Journals.twoDays());
        long after = entries.get(entries.size() - 1).received() + 86_400_000L;
        entries.add(new Entry.Message(after, Entry.Source.MQTT, "dust/v1/xx-hongqi-01/dust-1/reading",
                ("{\"ts\":" + after + ",\"values\":{\"pm10\":9}}").getBytes(StandardCharsets.UTF_8), false, Optional.empty()));
        Journals.write(data, entries, UnaryOperator.identity());
    }

    private static CommandRun report(String name, String... more) {
        List<String> args = new ArrayList<>(List.of("report", "--data", data.toString(), "--out", directory.resolve(name).toString()));
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private static String page(String name, String... more) throws IOException {
        CommandRun run = report(name, more);
        assertEquals(0, run.exit(), run.out() + run.err());
        return Files.readString(directory.resolve(name));
    }

    @Test
    void aDayShowsTheSevenItemsAlarmsAndTheRootOfTheDay() throws IOException {
        String page = page("day.html", "--kind", "daily", "--site", "xx-hongqi-01", "--date", "2026-03-14");
        for (String word : List.of("出入车辆冲洗 Vehicle washing", "渣土车密闭运输", "gate-a", "unknown time is not counted as good", "2026-03-14 ",
                "依据：出入车辆冲洗百分之百", "现在要做：", "恢复条件：", "Clears when ")) {
            assertTrue(page.contains(word), word);
        }
        String root = CommandRun.of("verify", "--data", data.toString()).lines().stream()
                .filter(line -> line.startsWith("root 2026-03-14 ")).findFirst().orElseThrow().substring(5);
        assertTrue(page.contains(root), root);
        assertFalse(page.contains("zz-jinshui-02"), "a neighbour");
    }

    @Test
    void aSiteNobodyHeardOfRanksBelowAll() throws IOException {
        String page = page("rank.html", "--kind", "ranking", "--date", "2026-03-14");
        assertTrue(page.indexOf("xx-hongqi-01") < page.indexOf("zz-jinshui-02"), page);
    }

    @Test
    void theSamePaperAsPdfAndWorkbook() throws IOException {
        assertEquals(0, report("week.pdf", "--kind", "weekly", "--date", "2026-03-15").exit());
        try (PDDocument pdf = Loader.loadPDF(directory.resolve("week.pdf").toFile())) {
            String text = new PDFTextStripper().getText(pdf);
            assertTrue(text.contains("周通报") && text.contains("红旗区一号工地"), text);
        }
        assertEquals(0, report("day.xlsx", "--kind", "daily", "--date", "2026-03-14").exit());
        assertEquals('P', Files.readAllBytes(directory.resolve("day.xlsx"))[0]);
    }

    @Test
    void whatCannotBeReportedIsSaid() {
        CommandRun none = report("x.html", "--kind", "daily", "--date", "2020-01-01");
        assertEquals(1, none.exit());
        assertTrue(none.err().contains("there are no data of 2020-01-01"), none.err());
        assertTrue(report("x.html", "--kind", "daily", "--site", "nowhere").err().contains("no registered site fits: site nowhere"));
        assertTrue(report("x.doc", "--kind", "daily", "--date", "2026-03-14").err().contains("ends in .pdf, .xlsx or .html"));
        assertEquals(2, report("x.html", "--kind", "monthly").exit());
        assertEquals(2, report("x.html", "--kind", "daily", "--date", "yesterday").exit());
        assertEquals(2, CommandRun.of("report", "--data", directory.resolve("no").toString(), "--kind", "daily", "--out", "x.pdf").exit());
    }

    @Test
    void anEmptyLedgerIsSaid() {
        Path empty = directory.resolve("empty");
        dustwarden.ledger.SqliteLedger.open(empty, java.time.InstantSource.system(), Journals.ZONE).close();
        CommandRun run = CommandRun.of("report", "--data", empty.toString(), "--kind", "ranking", "--out", directory + "/e.html");
        assertEquals(1, run.exit());
        assertTrue(run.err().contains("the ledger is empty"), run.err());
    }
}
