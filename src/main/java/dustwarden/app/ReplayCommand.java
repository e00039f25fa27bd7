package dustwarden.app;

import dustwarden.app.node.JournaledCore;
import dustwarden.core.CoreVersion;
import dustwarden.core.rule.Rulebook;
import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.LedgerRefused;
import dustwarden.ledger.Replay;
import dustwarden.ledger.SqliteReading;
import dustwarden.ledger.Stepper;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import dustwarden.settings.Checked;
import dustwarden.settings.RulebookFiles;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Judges a journal again, reading only: the same as stored, or what another rulebook would change. */
@Command(
        name = "replay",
        description = {
            "重演:重新评判日志,并与存下的决定比对;另给规则集则显示会有何变化。",
            "Judge the journal again and compare with what is stored; another rulebook shows what would change."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "数据目录 / the data directory")
    private Path data;

    @Option(
            names = "--rulebook",
            paramLabel = "FILE",
            description = "以此规则集代替同名者 / judge with this rulebook in place of the one of its id")
    private Path rulebook;

    @Option(names = "--from", paramLabel = "T", description = "自此时收到的条目起 / from what was received at this time on")
    private String from;

    @Option(names = "--to", paramLabel = "T", description = "至此时(不含) / up to what was received before this time")
    private String to;

    @Option(
            names = "--diff",
            description = "列出每处不同;另给规则集时列出变化的日判定和报警 / show every difference; with a rulebook the site-days and alarms that change")
    private boolean diff;

    @Spec
    private CommandSpec spec;

    private PrintWriter out;
    private boolean shown;

    @Override
    public Integer call() {
        out = spec.commandLine().getOut();
        Optional<Long> start = time("--from", from);
        Optional<Long> end = time("--to", to);
        List<Rulebook> others = List.of();
        if (rulebook != null) {
            Checked<List<Rulebook>> read = RulebookFiles.read(List.of(rulebook));
            read.problems().forEach(spec.commandLine().getErr()::println);
            if (read.value().isEmpty()) {
                return ExitCode.USAGE;
            }
            others = read.value().get();
        }
        try (LedgerReading ledger = SqliteReading.open(data)) {
            long applied = ledger.position().applied();
            long first = start.map(ledger::firstEntryAt).orElse(0L);
            long last = Math.min(applied, end.map(ledger::firstEntryAt).orElse(applied));
            long kept = ledger.proofs().letGoEnd();
            if (kept > 0 && !others.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "entries before " + kept
                        + " were let go, and another rulebook can be tried on a journal from its beginning only");
            }
            if (first < kept) {
                first = ledger.proofs().wholeStates(CoreVersion.CURRENT, kept).orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "entries before " + kept + " were let go, and no states are stored after them"));
                spec.commandLine().getErr().println("entries before " + kept + " were let go: judging again from " + first);
            }
            JournaledCore core = JournaledCore.with(ledger, others);
            return others.isEmpty()
                    ? again(ledger, core, Math.min(first, last), last)
                    : otherwise(ledger, core, others, start.orElse(Long.MIN_VALUE), end.orElse(Long.MAX_VALUE), last);
        } catch (LedgerRefused e) {
            throw new ParameterException(spec.commandLine(), e.sentence().zh() + " / " + e.sentence().en());
        }
    }

    private Optional<Long> time(String option, String text) {
        try {
            return Optional.ofNullable(text).map(t -> OffsetDateTime.parse(t).toInstant().toEpochMilli());
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(), option + ": wants a time such as 2026-03-14T09:00:00+08:00, got " + text);
        }
    }

    private int again(LedgerReading ledger, JournaledCore core, long first, long last) {
        Progress progress = new Progress(spec.commandLine().getErr(), "entries", last);
        Stepper steady = core.guarded((offset, failure) -> {});
        for (long at = core.restore(first); at < first; ) {
            for (StoredEntry each : ledger.entries(at, (int) Math.min(1000, first - at))) {
                steady.step(each.offset(), each.entry());
                progress.reached(++at);
            }
        }
        Replay replay = new Replay(
                ledger,
                (offset, entry) -> {
                    progress.reached(offset);
                    return core.step(offset, entry);
                },
                core,
                this::show);
        Replay.Result result = replay.range(first, last);
        if (result.foreign() > 0) {
            spec.commandLine().getErr().println(result.foreign()
                    + " decisions are of another core version: counted as stored, not compared");
        }
        out.println(result.line());
        out.flush();
        return result.same() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void show(Replay.Difference difference) {
        if (shown && !diff) {
            return;
        }
        shown = true;
        out.println("offset " + difference.offset() + " decides otherwise than stored");
        List<String> stored = lines(difference.stored());
        List<String> decided = lines(difference.decided());
        stored.stream().filter(line -> !decided.contains(line)).forEach(line -> out.println("- " + line));
        decided.stream().filter(line -> !stored.contains(line)).forEach(line -> out.println("+ " + line));
    }

    private static List<String> lines(List<StoredDecision> decisions) {
        return decisions.stream().map(d -> new String(d.json(), StandardCharsets.UTF_8)).toList();
    }

    /** From the beginning, for another rulebook leaves another state behind. */
    private int otherwise(
            LedgerReading ledger, JournaledCore core, List<Rulebook> others, long start, long end, long last) {
        Progress progress = new Progress(spec.commandLine().getErr(), "entries", last);
        Outlook before = new Outlook(start, end);
        Outlook after = new Outlook(start, end);
        for (long number = 0, next = ledger.firstDecisionAt(last); number < next; ) {
            for (StoredDecision d : ledger.decisions(number, (int) Math.min(1000, next - number))) {
                before.add(d.type(), d.json());
                number++;
            }
        }
        Tally tally = new Tally();
        Stepper steady = core.guarded((offset, failure) -> spec.commandLine().getErr().println(
                "offset " + offset + " cannot be judged with it: " + failure));
        for (long at = 0; at < last; ) {
            for (StoredEntry each : ledger.entries(at, (int) Math.min(1000, last - at))) {
                steady.step(each.offset(), each.entry()).forEach(decision -> {
                    byte[] line = core.write(decision);
                    tally.add(line);
                    after.add(decision.type(), line);
                });
                progress.reached(++at);
            }
        }
        others.stream().filter(other -> !core.isNamed(other.id())).forEach(other -> spec.commandLine().getErr().println(
                "warning: no site names the rulebook " + other.id() + "; it changes nothing"));
        Changes changes = before.changesTo(after);
        if (diff) {
            changes.table().forEach(out::println);
        }
        out.println(changes.count());
        out.println(tally.line(last));
        out.flush();
        return ExitCode.OK;
    }
}
