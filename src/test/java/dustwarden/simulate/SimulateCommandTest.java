package dustwarden.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What a person types: bad usage is 2 and says what was wanted, the rest does as it says. */
class SimulateCommandTest {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new SimulateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--scenario quiet | --broker",
        "--broker tcp://127.0.0.1:1 | --scenario",
        "--broker tcp://127.0.0.1:1 --scenario quiet --speed 0 | speed 0.0",
        "--broker tcp://127.0.0.1:1 --scenario quiet --speed x | --speed",
        "--broker tcp://127.0.0.1:1 --scenario quiet --devices 0 | devices 0",
        "--broker tcp://127.0.0.1:1 --scenario quiet --username a | go together",
        "--broker tcp://127.0.0.1:1 --scenario quiet --nonsense | --nonsense",
    })
    void badUsageIsTwoAndSaysWhy(String line, String wanted) {
        assertEquals(2, run(line.strip().split(" ")));
        assertTrue(errors.toString().contains(wanted), errors.toString());
    }

    @Test
    void helpIsThereInBothLanguages() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("--write-register") && out.toString().contains("场景"));
    }

    @Test
    void writesTheRegisterWithoutABroker() throws Exception {
        assertEquals(0, run("--scenario", "demo", "--devices", "60", "--write-register", directory.toString()));
        try (var files = Files.list(directory)) {
            assertEquals(5, files.count());
        }
    }

    @Test
    void aScenarioFileOfOnesOwnMayUseWhatShips() throws Exception {
        Path own = Files.writeString(directory.resolve("own.yaml"), """
                scenario: own
                sites:
                  - file: ../sites/zz-jinshui-02.yaml
                """);
        assertEquals(10, ScenarioFile.read(own).deviceCount());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "nonsense: 1 | unknown key 'nonsense'",
        "sites: [{file: ../sites/none.yaml}] | none.yaml",
        "sites: [{file: ../sites/zz-jinshui-02.yaml, devices: {cam-9: {}}}] | no device cam-9",
        "sites: [{file: ../sites/zz-jinshui-02.yaml, troubles: [{kind: flood, device: cam-1}]}] | 'flood'",
        "sites: [{file: ../sites/zz-jinshui-02.yaml, troubles: [{kind: camera-dark, device: cam-1, from: \"7\", to: \"08:00\"}]}] | '7'",
        "sites: [{file: ../sites/zz-jinshui-02.yaml, devices: {cam-1: {units: [{unit: soil-09}]}}}] | soil-09",
        "sites: [{file: ../sites/zz-jinshui-02.yaml, devices: {dust-1: {readings: {ozone: {}}}}}] | 'ozone'",
    })
    void aBadScenarioSaysWhereItIsBad(String yaml, String wanted) throws Exception {
        Path bad = Files.writeString(directory.resolve("bad.yaml"), "scenario: bad\n" + yaml + "\n");
        try {
            ScenarioFile.read(bad);
        } catch (java.io.IOException e) {
            assertTrue(e.getMessage().contains(wanted), e.getMessage());
            return;
        }
        throw new AssertionError("accepted: " + yaml);
    }
}
