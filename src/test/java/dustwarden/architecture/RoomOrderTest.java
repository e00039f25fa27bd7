package dustwarden.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dustwarden.architecture.Sources.Import;
import dustwarden.architecture.Sources.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Imports point left only, and a foreign client stays in the classes that speak to it. */
class RoomOrderTest {
    private static final List<String> ROOMS = List.of(
            "core.model", "core.decode", "core.honesty", "core.rule", "core.judge", "core.alarm", "core", "ledger", "intake", "series",
            "live", "notify", "command", "report", "console", "broker", "simulate", "settings", "app.node", "app.bench", "app");

    private static final Pattern CORE_MAY = Pattern.compile(
            "(java\\.|javax\\.xml\\.stream\\.|javax\\.crypto\\.|com\\.fasterxml\\.jackson\\.(core|databind|annotation)\\."
                    + "|com\\.google\\.protobuf\\.|dustwarden\\.core\\.).*");

    /** The core does no I/O and has no clock or threads of its own. */
    private static final Pattern CORE_MAY_NOT = Pattern.compile(
            "java\\.(io\\.File.*|nio\\.file\\..*|net\\.(?!URLDecoder|URI).*|sql\\..*|util\\.concurrent\\..*|util\\.Random"
                    + "|util\\.Timer.*|time\\.Clock|time\\.InstantSource|util\\.logging\\..*)");

    /** Who speaks to a foreign library: the pattern of its packages, and the classes that may. */
    private static final Map<String, Set<String>> FOREIGN = Map.of(
            "org.eclipse.paho.mqttv5.",
            Set.of("simulate.MqttConnection", "intake.Mqtt5Link", "intake.PahoSilence", "app.bench.BareSubscriber", "live.*"),
            "org.eclipse.paho.client.mqttv3.", Set.of("intake.Mqtt3Link", "live.*"),
            "com.influxdb.", Set.of("series.InfluxReader", "series.InfluxWriter"),
            "java.sql.", Set.of("ledger.Sqlite", "series.ViewDb", "notify.*"),
            "org.sqlite.", Set.of("ledger.Sqlite", "series.ViewDb", "notify.*"),
            "com.esotericsoftware.kryo.", Set.of("ledger.StateCodec", "ledger.EnumMaps"),
            "picocli.", Set.of("app.*", "simulate.SimulateCommand"),
            "org.apache.activemq.", Set.of("broker.*"));

    private final List<Source> sources = Sources.under(Sources.MAIN);

    @Test
    void everyPackageIsARoomOfThePlan() {
        Set<String> rooms = sources.stream().map(Source::room).collect(Collectors.toCollection(TreeSet::new));
        rooms.removeAll(ROOMS);
        assertEquals(Set.of(), rooms, "packages that the order of rooms does not know");
    }

    @Test
    void importsPointLeft() {
        List<String> wrong = new ArrayList<>();
        each((source, imported) -> imported.room()
                .filter(room -> ROOMS.indexOf(room) > ROOMS.indexOf(source.room()) || !ROOMS.contains(room))
                .ifPresent(room -> wrong.add(at(source, imported) + " is right of " + source.room())));
        assertEquals(List.of(), wrong, "a room imports only rooms to its left: " + String.join(" < ", ROOMS));
    }

    @Test
    void theCoreImportsOnlyWhatHasNoSideEffects() {
        List<String> wrong = new ArrayList<>();
        each((source, imported) -> {
            boolean core = source.room().equals("core") || source.room().startsWith("core.");
            if (core && (!CORE_MAY.matcher(imported.name()).matches() || CORE_MAY_NOT.matcher(imported.name()).matches())) {
                wrong.add(at(source, imported));
            }
        });
        assertEquals(List.of(), wrong, "the core is a state machine without I/O, clock, threads or log");
    }

    @Test
    void foreignClientsStayInTheirClasses() {
        List<String> wrong = new ArrayList<>();
        each((source, imported) -> FOREIGN.forEach((prefix, classes) -> {
            boolean may = classes.contains(source.room() + "." + source.simpleName()) || classes.contains(source.room() + ".*");
            if (imported.name().startsWith(prefix) && !may) {
                wrong.add(at(source, imported) + " belongs into " + classes);
            }
        }));
        assertEquals(List.of(), wrong, "a foreign client is known to the class that speaks to it, and to no other");
    }

    @Test
    void packagesHaveNoCycles() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages("dustwarden");
        assertFalse(classes.isEmpty(), "no compiled classes found");
        SlicesRuleDefinition.slices().matching("dustwarden.(**)").should().beFreeOfCycles().check(classes);
    }

    private void each(java.util.function.BiConsumer<Source, Import> visit) {
        sources.forEach(source -> source.imports().forEach(imported -> visit.accept(source, imported)));
    }

    private static String at(Source source, Import imported) {
        return source.path() + ":" + imported.line() + " imports " + imported.name();
    }
}
