package dustwarden.app;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.rule.RuleHead;
import dustwarden.core.rule.Rulebook;
import dustwarden.settings.Checked;
import dustwarden.settings.RulebookFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Refuses a rulebook that could not be defended, and shows the rules that result after what it extends. */
@Command(
        name = "lint",
        description = "Refuses a limit without unit, period, citation or date, or confirmed without source; shows the resulting rules.",
        mixinStandardHelpOptions = true)
final class RulebookLintCommand implements Callable<Integer> {
    private static final Set<String> HEAD = Set.of("id", "item", "title", "citation", "note", "validFrom", "validTo", "unconfirmed");

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "rulebooks as YAML; they may extend each other")
    private List<Path> files;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Checked<List<RulebookFiles.Flat>> books = RulebookFiles.flat(files);
        books.problems().forEach(err::println);
        books.value().ifPresent(all -> all.forEach(this::show));
        boolean defended = books.value().isPresent()
                && books.value().get().stream().flatMap(read -> read.book().rules().stream())
                        .noneMatch(rule -> claimsWithoutSource(rule.head().citation()));
        return defended ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Whether it says that a figure was read in a document and not in which. */
    private static boolean claimsWithoutSource(RuleHead.Citation cited) {
        return cited.confidence().equals("confirmed") && !cited.traceable();
    }

    private void show(RulebookFiles.Flat read) {
        Rulebook book = read.book();
        PrintWriter out = spec.commandLine().getOut();
        out.println(book.id() + "  " + book.title().zh() + " / " + book.title().en() + "  " + book.hash());
        for (int i = 0; i < book.rules().size(); i++) {
            RuleHead head = book.rules().get(i).head();
            RuleHead.Citation cited = head.citation();
            out.println("  " + head.shortId() + "  " + head.item() + "  " + head.title().zh() + " / " + head.title().en()
                    + "  [" + cited.standard() + ", " + cited.clause() + "; " + cited.confidence() + "; from "
                    + head.validFrom().map(LocalDate::toString).orElse("?")
                    + head.validTo().map(to -> " to " + to).orElse("") + "]" + origin(read.written(), head.shortId()));
            cited.quotedBy().ifPresent(who -> out.println("      quotedBy: " + who));
            cited.link().ifPresent(link -> out.println("      link: " + link));
            cited.document().ifPresent(hash -> out.println("      document: " + hash));
            if (!cited.traceable()) {
                String place = book.id() + ".yaml: $.rules[" + i + "].citation: " + head.shortId();
                spec.commandLine().getErr().println(claimsWithoutSource(cited)
                        ? place + " 标为 confirmed,须以 link 或 document (SHA-256) 写明所读文件 / is confirmed and must say by which text:"
                                + " link or document (SHA-256)"
                        : "warning: " + place + " 未附链接或文件哈希 / has neither link nor document (SHA-256)");
            }
            figures(read.flat().path("rules").path(i), "", head.unconfirmed(), out);
        }
    }

    /** What stands in the file itself and what was taken over. */
    private static String origin(JsonNode written, String rule) {
        if (!written.hasNonNull("extends")) {
            return "";
        }
        boolean own = false;
        for (JsonNode each : written.path("rules")) {
            own |= each.path("id").asText().equals(rule);
        }
        return own ? "  (here)" : "  (" + written.path("extends").asText() + ")";
    }

    /** All parameters as they result, those marked whose figures no document gives. */
    private static void figures(JsonNode of, String path, List<String> unconfirmed, PrintWriter out) {
        for (Iterator<String> names = of.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            JsonNode value = of.get(name);
            String whole = path + name;
            if (path.isEmpty() && HEAD.contains(name)) {
                continue;
            }
            boolean marked = unconfirmed.contains(whole);
            if (value.isObject() && !marked) {
                figures(value, whole + ".", unconfirmed, out);
            } else {
                String text = value.isTextual() ? value.asText() : value.toString();
                out.println("      " + whole + ": " + text + (marked ? "  (无文件依据 / unconfirmed)" : ""));
            }
        }
    }
}
