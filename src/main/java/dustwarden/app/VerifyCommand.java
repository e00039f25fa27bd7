package dustwarden.app;

import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.LedgerRefused;
import dustwarden.ledger.SqliteReading;
import dustwarden.ledger.Verifier;
import dustwarden.report.BundleRefused;
import dustwarden.report.BundleVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds all of a ledger that can change a verdict, or a bundle of evidence, against its hashes; names the first thing wrong. */
@Command(
        name = "verify",
        description = {
            "校验:账本中能影响判定的一切,或一个证据包(可离线),与其散列比对。",
            "Check all in the ledger that can change a verdict, or a bundle of evidence (also offline), against its hashes."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", description = "数据目录 / the data directory")
    private Path data;

    @Parameters(arity = "0..1", paramLabel = "BUNDLE.zip", description = "证据包 / a bundle of evidence")
    private Path bundle;

    @Option(
            names = "--roots",
            paramLabel = "FILE",
            description = "另行保存的当日根散列,证据包须与之相符 / roots of days kept elsewhere, which the bundle must lead up to")
    private Path roots;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (bundle != null) {
            return bundle();
        }
        if (data == null) {
            throw wrong("wants --data DIR or a BUNDLE.zip");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Verifier.Outcome found;
        try (Waiting waiting = new Waiting(err, "verifying " + data.resolve("ledger.db"))) {
            found = Verifier.verify(data);
        } catch (LedgerRefused e) {
            throw wrong(e.sentence().zh() + " / " + e.sentence().en());
        }
        Optional<Verifier.Damage> damage = found.damage();
        if (damage.isPresent()) {
            out.println("损坏 / damaged: " + damage.get().sentence());
            out.flush();
            return ExitCode.SOFTWARE;
        }
        if (found.letGo() > 0) {
            out.println("已按保留期放行 / let go by the retention: " + found.letGo()
                    + " entries, whose hashes and roots are here and hold");
        }
        try (LedgerReading ledger = SqliteReading.open(data)) {
            ledger.proofs().days().forEach(day -> out.println("root " + day.line()));
        }
        out.println("good: entries " + found.entries() + " decisions " + found.decisions() + " contents "
                + found.contents() + " snapshots " + found.snapshots() + " entry hash " + found.entryHash()
                + " decision hash " + found.decisionHash());
        out.flush();
        return ExitCode.OK;
    }

    private int bundle() {
        if (data != null) {
            throw wrong("wants either --data DIR or a BUNDLE.zip, not both");
        }
        PrintWriter out = spec.commandLine().getOut();
        try {
            BundleVerifier.Sound sound = BundleVerifier.verify(bundle, knownRoots());
            sound.notes().forEach(note -> out.println("注意 / note: " + note.zh() + " / " + note.en()));
            sound.days().forEach(day -> out.println("root " + day));
            out.println("good: alarm " + sound.alarm() + " site " + sound.site() + " entries " + sound.entries()
                    + " decisions " + sound.decisions());
            out.flush();
            return ExitCode.OK;
        } catch (BundleRefused e) {
            out.println("不成立 / not sound: " + e.sentence().zh() + " / " + e.sentence().en());
            out.flush();
            return ExitCode.SOFTWARE;
        }
    }

    private Map<String, String> knownRoots() {
        if (roots == null) {
            return Map.of();
        }
        try {
            Map<String, String> known = BundleVerifier.roots(Files.readString(roots));
            if (known.isEmpty()) {
                throw wrong(roots + " holds no line such as: 2026-03-14 <64 hex digits>");
            }
            return known;
        } catch (IOException e) {
            throw wrong("cannot read " + roots + ": " + e.getMessage());
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
