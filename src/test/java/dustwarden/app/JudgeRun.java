package dustwarden.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the command {@code judge} as a person would, in this process. */
public final class JudgeRun {
    private JudgeRun() {}

    /** Every decision as a line; a run that fails throws with what was printed. */
    public static List<String> lines(Path register, Optional<Path> rulebooks, Path entries, Optional<String> until) {
        List<String> args = new ArrayList<>(List.of("judge", "--register", register.toString(), "--entries", entries.toString()));
        rulebooks.ifPresent(path -> args.addAll(List.of("--rulebooks", path.toString())));
        until.ifPresent(time -> args.addAll(List.of("--until", time)));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), args.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("judge ended with " + code + ": " + err);
        }
        return out.toString().lines().toList();
    }

    /** Writes the lines into a file of the directory. */
    public static Path write(Path directory, String name, Iterable<String> lines) throws IOException {
        return Files.write(directory.resolve(name), lines);
    }
}
