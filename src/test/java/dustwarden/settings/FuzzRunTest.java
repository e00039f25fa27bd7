package dustwarden.settings;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.settings.FuzzRun.Target;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A little of {@link FuzzRun} on every build, the same each time. */
class FuzzRunTest {
    private static final int INPUTS = Integer.getInteger("dustwarden.fuzz.inputs", 600);

    static List<Target> targets() throws IOException {
        return FuzzTargets.all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void nothingThrowsAndNothingIsTakenWrongly(Target target) {
        long inputs = target.name().equals("yaml") ? INPUTS / 4 : INPUTS;
        int outcomes = new FuzzRun(target, 20260314).run(inputs).size();
        assertTrue(outcomes > 1, target.name() + " always says the same");
    }
}
