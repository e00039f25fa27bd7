package dustwarden.app;

import dustwarden.core.ContentReader;
import dustwarden.core.Core;
import dustwarden.core.Decision;
import dustwarden.core.DecisionJson;
import dustwarden.core.Entry;
import dustwarden.settings.Checked;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The core alone, without a server: entries as JSON lines in, every decision as a JSON line out. */
@Command(
        name = "judge",
        description = {
            "判定:逐行读入条目,逐行写出每个决定,不启动任何服务。",
            "Judge entries given as JSON lines and print every decision as a JSON line; starts no server."
        })
final class JudgeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--register", required = true, paramLabel = "DIR", description = "工地文件目录 / directory of site files")
    private Path register;

    @Option(names = "--rulebooks", paramLabel = "DIR", description = "规则集目录,补充自带的 / rulebooks beside those that ship")
    private Path rulebooks;

    @Option(
            names = "--entries",
            required = true,
            paramLabel = "FILE|-",
            description = "条目文件,- 为标准输入 / entries, - for standard input")
    private String entries;

    @Option(names = "--until", paramLabel = "T", description = "末尾时钟走到此刻 / let the clock run on to this instant at the end")
    private String until;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<Long> end;
        try {
            end = Optional.ofNullable(until).map(text -> OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException e) {
            err.println("--until: wants a time such as 2026-03-14T09:00:00+08:00, got " + until);
            return 2;
        }
        FrameSeal seal = FrameSeal.forOneRun();
        Checked<Contents> loaded = ContentLoader.load(ContentSources.of(register, Optional.ofNullable(rulebooks)), seal::passwordHash);
        if (!loaded.problems().isEmpty()) {
            loaded.problems().forEach(err::println);
            return 2;
        }
        Contents contents = loaded.value().orElseThrow();
        Map<String, String> byHash = contents.byHash();
        Core core = new Core(new ContentReader(byHash::get));
        if (!entries.equals("-") && !Files.isReadable(Path.of(entries))) {
            err.println("--entries: there is no file " + entries + " to read");
            return 2;
        }
        try (BufferedReader lines = open()) {
            return judge(core, contents.refs(), new EntryLines(seal::entry), lines, end, out, err);
        }
    }

    private BufferedReader open() throws IOException {
        return entries.equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : new BufferedReader(new InputStreamReader(Files.newInputStream(Path.of(entries)), StandardCharsets.UTF_8));
    }

    private static int judge(Core core, List<Entry.ContentRef> refs, EntryLines reader, BufferedReader lines,
            Optional<Long> end, PrintWriter out, PrintWriter err) throws IOException {
        ContentRefs first = new ContentRefs(refs);
        long offset = -1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            offset++;
            if (line.isBlank()) {
                continue;
            }
            Entry entry;
            try {
                entry = reader.read(line);
            } catch (EntryLines.NotAnEntry e) {
                err.println("--entries: line " + (offset + 1) + " " + e.getMessage());
                if (first.done) {
                    print(core, List.of(refused(core.now(), offset, e.getMessage())), out);
                }
                continue;
            }
            // The core's clock never runs back: what stands below a later line is taken at that line's time.
            first.prepare(core, entry.received());
            print(core, core.step(offset, entry), out);
        }
        if (end.isPresent()) {
            first.prepare(core, end.get());
            print(core, core.runUntil(end.get()), out);
        }
        out.flush();
        return 0;
    }

    private static Decision refused(long at, long offset, String why) {
        return new Decision.Rejection(at, offset, Optional.empty(), Optional.empty(), OptionalInt.empty(), "malformed",
                "the line " + why);
    }

    private static void print(Core core, List<Decision> decisions, PrintWriter out) {
        for (Decision decision : decisions) {
            out.println(DecisionJson.write(decision, core.zoneOf(decision)));
        }
    }

    /** Puts the content in force at the first entry. */
    private static final class ContentRefs {
        private final List<Entry.ContentRef> refs;
        private boolean done;

        ContentRefs(List<Entry.ContentRef> refs) {
            this.refs = refs;
        }

        void prepare(Core core, long at) {
            if (!done) {
                done = true;
                core.prepare(refs, at);
            }
        }
    }
}
