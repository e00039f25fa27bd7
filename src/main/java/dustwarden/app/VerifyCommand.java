package dustwarden.app;

import dustwarden.ledger.LedgerRefused;
import dustwarden.ledger.Verifier;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds all of a ledger that can change a verdict against its hashes; names the first thing wrong. */
@Command(
        name = "verify",
        description = {
            "校验:账本中能影响判定的一切与其散列比对。",
            "Check all in the ledger that can change a verdict against its hash."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", description = "数据目录 / the data directory")
    private Path data;

    @Parameters(arity = "0..1", paramLabel = "BUNDLE.zip", description = "证据包 / a bundle of evidence")
    private Path bundle;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (bundle != null) {
            throw wrong("this build verifies no bundles of evidence yet, only a data directory: --data DIR");
        }
        if (data == null) {
            throw wrong("wants --data DIR");
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
        out.println("good: entries " + found.entries() + " decisions " + found.decisions() + " contents "
                + found.contents() + " snapshots " + found.snapshots() + " entry hash " + found.entryHash()
                + " decision hash " + found.decisionHash());
        out.flush();
        return ExitCode.OK;
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
