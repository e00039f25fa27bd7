package dustwarden.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dustwarden.architecture.Sources.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reader should never have to meet. */
class TidinessTest {
    private static final int FILE_LINES_MAX = 400;
    private static final int LINE_CHARS_MAX = 140;
    /** Files that are longer, or have a longer line, than they should; nothing is to be added here. */
    private static final Set<String> TO_BE_SHORTENED = Set.of(
            "DecodeCommand", "JudgeCommand", "PasswordFile", "Hj212Frame", "CamerasJudge", "WriterState",
            "DirectoryLock", "LogTables", "ProfileDecoder");
    /** Written in two parts so that this file does not find itself. */
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern SLEEPS = Pattern.compile("Thread\\." + "sleep\\(");
    private static final Pattern MOCKS = Pattern.compile(
            "^import (?:static )?(org\\.mockito|org\\.easymock|io\\.mockk|mockit|org\\.powermock).*");
    private static final Pattern CONSOLE = Pattern.compile("System\\.(out|err)\\b|printStackTrace\\(\\)");
    private static final Pattern NAMES = Pattern.compile("\\w*(Util|Utils|Helper|Manager|Impl)|Base[A-Z]\\w*|Abstract[A-Z]\\w*");
    private static final Pattern WORKPLACE = Pattern.compile(
            "/wo" + "rk/|\\.\\./sha" + "red|hel" + "per-\\d|(?<![&\\w\"'/#]|PKCS )#\\d{1,3}\\b(?![0-9a-fA-F;])");
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:abstract |final |sealed |non-sealed |strictfp )*(?:class|interface|record|enum|@interface) (\\w+)");

    private static final Set<String> ACCESS = Set.of("anybody", "login", "sight", "site", "alarm", "device");

    private final List<Source> main = Sources.under(Sources.MAIN);
    private final List<Source> test = Sources.under(Sources.TEST);

    @Test
    void nothingIsLeftUnfinished() {
        assertNone(both(), UNFINISHED.asPredicate());
    }

    @Test
    void nothingSleeps() {
        assertNone(both(), SLEEPS.asPredicate());
    }

    @Test
    void fakesAreMadeByHand() {
        assertNone(both(), MOCKS.asPredicate());
    }

    @Test
    void onlyCommandsPrint() {
        assertNone(
                main.stream().filter(s -> !s.room().equals("app") && !s.simpleName().endsWith("Command")),
                CONSOLE.asPredicate());
    }

    @Test
    void linesAreShortEnoughToRead() {
        assertNone(both().filter(s -> !TO_BE_SHORTENED.contains(s.simpleName())), line -> line.length() > LINE_CHARS_MAX);
    }

    /** The console does not start with an operation of which nobody has decided who may ask it. */
    @Test
    void everyOperationOfTheContractSaysWhoMayAskIt() throws IOException {
        Map<String, String> undecided = new TreeMap<>();
        new YAMLMapper().readTree(Path.of("src/main/resources/openapi.yaml").toFile()).get("paths").fields().forEachRemaining(
                path -> path.getValue().fields().forEachRemaining(method -> {
                    String access = method.getValue().path("x-access").asText();
                    if (!ACCESS.contains(access)) {
                        undecided.put(method.getKey() + " " + path.getKey(), "x-access: " + access);
                    }
                }));
        assertEquals(Map.of(), undecided);
    }

    @Test
    void noTabsAndNoTrailingBlanks() {
        assertNone(both(), line -> line.contains("\t") || line.endsWith(" "));
    }

    @Test
    void filesAreShortEnoughToRead() {
        List<String> wrong = both()
                .filter(s -> s.lines().size() > FILE_LINES_MAX && !TO_BE_SHORTENED.contains(s.simpleName()))
                .map(s -> s.path() + " has " + s.lines().size() + " lines, wanted at most " + FILE_LINES_MAX).toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void namesSayWhatAThingIs() {
        List<String> wrong = main.stream().filter(s -> NAMES.matcher(s.simpleName()).matches()).map(s -> s.path().toString()).toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyPublicTypeOpensWithASentence() {
        List<String> wrong = new ArrayList<>();
        for (Source source : main) {
            for (int i = 0; i < source.lines().size(); i++) {
                Matcher type = PUBLIC_TYPE.matcher(source.lines().get(i));
                if (type.lookingAt() && !opens(source.lines(), i)) {
                    wrong.add(source.path() + ":" + (i + 1) + " " + type.group(1));
                }
            }
        }
        assertEquals(List.of(), wrong, "a public type opens with one sentence: what it is and what always holds");
    }

    /** Whether a comment stands above the line, annotations between them aside, and has a sentence in it. */
    private static boolean opens(List<String> lines, int type) {
        int i = type - 1;
        while (i >= 0 && !lines.get(i).isBlank() && !lines.get(i).endsWith("*/")) {
            i--;
        }
        if (i < 0 || !lines.get(i).endsWith("*/")) {
            return false;
        }
        StringBuilder text = new StringBuilder();
        while (i >= 0) {
            text.insert(0, lines.get(i));
            if (lines.get(i).startsWith("/**")) {
                return Pattern.compile("\\w{2,}.*[.。:]").matcher(text).find();
            }
            i--;
        }
        return false;
    }

    @Test
    void nothingSpeaksOfAWorkplace() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String root : List.of("src", "devices", "docs", "README.md", "CHANGELOG.md", "pom.xml", "grafana", ".ci")) {
            if (!Files.exists(Path.of(root))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(TidinessTest::isOurText).sorted().toList()) {
                    List<String> lines = Sources.text(file).lines().toList();
                    for (int i = 0; i < lines.size(); i++) {
                        if (WORKPLACE.matcher(lines.get(i)).find()) {
                            wrong.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Recorded frames hold {@code ##} and digits of their own; bad settings need not even be UTF-8. */
    private static boolean isOurText(Path file) {
        String name = file.toString();
        return Files.isRegularFile(file)
                && !name.startsWith("src/test/resources/settings/bad")
                && (name.endsWith(".java") || name.endsWith(".yaml") || name.endsWith(".md") || name.endsWith(".xml")
                        || name.endsWith(".js") || name.endsWith(".html") || name.endsWith("/run"));
    }

    private Stream<Source> both() {
        return Stream.concat(main.stream(), test.stream());
    }

    private static void assertNone(Stream<Source> sources, Predicate<String> found) {
        List<String> wrong = new ArrayList<>();
        sources.forEach(source -> {
            for (int i = 0; i < source.lines().size(); i++) {
                if (found.test(source.lines().get(i))) {
                    wrong.add(source.path() + ":" + (i + 1) + ": " + source.lines().get(i).strip());
                }
            }
        });
        assertEquals(List.of(), wrong);
    }
}
