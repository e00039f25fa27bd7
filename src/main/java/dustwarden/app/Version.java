package dustwarden.app;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Tells the version that the jar carries. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"dustwarden " + text()};
    }

    static String text() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("(built here)");
    }
}
