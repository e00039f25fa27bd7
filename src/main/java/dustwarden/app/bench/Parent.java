package dustwarden.app.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The bench as the processes see it that it started: it reads the lines of their standard output. */
final class Parent {
    private static final PrintStream ANSWERS =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private static final PrintStream TROUBLE =
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

    private Parent() {}

    static void tell(String line) {
        ANSWERS.println(line);
    }

    static void complain(String line) {
        TROUBLE.println(line);
    }
}
