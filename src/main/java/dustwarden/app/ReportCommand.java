package dustwarden.app;

import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.LedgerRefused;
import dustwarden.ledger.SqliteReading;
import dustwarden.report.ReportRefused;
import dustwarden.report.SiteReports;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a daily report, a weekly notice or a ranking of a data directory, beside the running server or without it. */
@Command(
        name = "report",
        description = {
            "报告:日报、区域周报或工地排名,PDF、XLSX 或 HTML;运行中的数据目录也可以。",
            "A daily report, a region's weekly notice or a ranking as PDF, XLSX or HTML; the server may be running."
        },
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "数据目录 / the data directory")
    private Path data;

    @Option(names = "--kind", required = true, paramLabel = "daily|weekly|ranking", description = "种类 / what to write")
    private SiteReports.Kind kind;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "文件 .pdf、.xlsx 或 .html / the file")
    private Path file;

    @Option(names = "--site", paramLabel = "ID", description = "只此工地 / this site only")
    private String site;

    @Option(names = "--region", paramLabel = "CODE", description = "只此区域 / sites of this region only")
    private String region;

    @Option(
            names = "--date",
            paramLabel = "DATE",
            description = "日期,周报则为末日;缺省为最近一个完整的日子 / the day, of a week its last; else the newest whole day")
    private String date;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Optional<LocalDate> day = Optional.ofNullable(date).map(this::day);
        SiteReports.Asked asked = new SiteReports.Asked(kind, Optional.ofNullable(site), Optional.ofNullable(region), day);
        PrintWriter out = spec.commandLine().getOut();
        try (LedgerReading ledger = SqliteReading.open(data)) {
            byte[] written = SiteReports.write(ledger, asked, file.getFileName().toString());
            Files.write(file, written);
            out.println("written / 已写入: " + file + " (" + written.length + " bytes)");
            out.flush();
            return ExitCode.OK;
        } catch (LedgerRefused e) {
            throw new ParameterException(spec.commandLine(), e.sentence().zh() + " / " + e.sentence().en());
        } catch (ReportRefused e) {
            spec.commandLine().getErr().println(e.sentence().zh() + " / " + e.sentence().en());
            return ExitCode.SOFTWARE;
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot write " + file + ": " + e.getMessage());
        }
    }

    private LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new ParameterException(spec.commandLine(), "--date wants a day such as 2026-03-14, got " + text);
        }
    }
}
