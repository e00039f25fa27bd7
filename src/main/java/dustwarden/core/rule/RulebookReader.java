package dustwarden.core.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.CanonicalJson;
import dustwarden.core.model.Fields;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Spelling;
import dustwarden.core.model.Text;
import dustwarden.core.rule.RuleHead.Citation;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a rulebook from flat JSON (see {@link RulebookExtension}) and refuses a limit that nobody could defend. */
public final class RulebookReader {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,47}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]{3,2000}");
    private static final Set<String> KINDS = Set.of("units", "passages", "duty", "limit", "ban");
    private static final Set<String> ITEMS = Set.of(
            "enclosure", "coverage", "washing", "hardening", "sealed-transport", "wet-work", "video", "particulates",
            "restrictions");
    private static final Set<String> CONFIDENCES = Set.of("confirmed", "reported", "unconfirmed");
    private static final long ON_DELAY_MS = 60_000;

    private final Fields book;
    private final Problems problems;

    private RulebookReader(JsonNode json, Problems problems) {
        this.book = new Fields(json, "$", problems);
        this.problems = problems;
    }

    /**
     * Reads a rulebook.
     *
     * @param json flat: {@code extends}, {@code remove} and {@code cases} are worked in or taken out before
     * @param hash of its canonical JSON
     * @return the rulebook, or empty when a problem was noted
     */
    public static Optional<Rulebook> read(JsonNode json, String hash, Problems problems) {
        RulebookReader reader = new RulebookReader(json, problems);
        return json.isObject() ? reader.rulebook(hash) : Optional.empty();
    }

    private Optional<Rulebook> rulebook(String hash) {
        int before = problems.all().size();
        String id = id(book, "rulebook");
        Rulebook.Kind kind = book.optionalWord(
                        "kind",
                        w -> w.equals("checklist")
                                ? Optional.of(Rulebook.Kind.CHECKLIST)
                                : w.equals("limits") ? Optional.of(Rulebook.Kind.LIMITS) : Optional.empty(),
                        "checklist, limits")
                .orElse(Rulebook.Kind.CHECKLIST);
        if (!book.has("kind")) {
            book.problem("kind", "is required: checklist or limits");
        }
        Text title = book.words("title");
        List<String> regions = book.texts("regions");
        Optional<LocalDate> from = book.optionalDate("validFrom");
        Optional<LocalDate> to = book.optionalDate("validTo");
        Citation citation = citation();
        note(book);
        List<Rule> rules = rules(id, citation, from, to);
        book.done();
        return problems.all().size() > before
                ? Optional.empty()
                : Optional.of(new Rulebook(id, kind, title, regions, from, to, rules, hash));
    }

    private Citation citation() {
        Citation none = new Citation("", "", Optional.empty(), Optional.empty(), Optional.empty(), "unconfirmed");
        return Citation.read(book.child("citation"), none);
    }

    private List<Rule> rules(String bookId, Citation citation, Optional<LocalDate> from, Optional<LocalDate> to) {
        if (!book.has("rules")) {
            book.problem("rules", "is required: a list of rules");
        }
        List<Rule> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<Fields> all = book.children("rules");
        for (int i = 0; i < all.size(); i++) {
            Fields fields = all.get(i);
            String id = id(fields, "id");
            if (fields.has("id") && !seen.add(id)) {
                fields.problem("id", "names a second rule " + id);
            }
            JsonNode json = book.raw("rules").orElseThrow().get(i);
            try {
                rule(bookId, fields, CanonicalJson.hash(json), citation, from, to).ifPresent(found::add);
            } catch (DateTimeException | IllegalArgumentException e) {
                problems.add(fields.path(), "does not make a rule: " + e.getMessage());
            }
        }
        return found;
    }

    private Optional<Rule> rule(
            String bookId, Fields fields, String hash, Citation inherited, Optional<LocalDate> from, Optional<LocalDate> to) {
        String kind = fields.text("kind");
        if (!KINDS.contains(kind)) {
            if (fields.has("kind")) {
                fields.problem("kind", "is no kind of rule: " + kind + "; " + Spelling.advice(kind, KINDS));
            }
            return Optional.empty();
        }
        RuleHead read = RuleHead.read(bookId, fields, hash, kind.equals("passages") ? 0 : ON_DELAY_MS, inherited);
        RuleHead head = new RuleHead(
                read.id(), read.item(), read.title(), read.citation(), pick(read.validFrom(), from, true),
                pick(read.validTo(), to, false), read.priority(), read.onDelayMs(), read.offDelayMs(), read.noticeDelayMs(),
                read.acknowledgeWithinMs(), read.rectifyWithinMs(), read.unconfirmed(), read.hash());
        checkHead(fields, head);
        note(fields);
        Rule rule = switch (kind) {
            case "units" -> UnitsRule.read(head, fields);
            case "passages" -> PassagesRule.read(head, fields);
            case "duty" -> DutyRule.read(head, fields);
            case "limit" -> limit(head, fields);
            default -> BanRule.read(head, fields);
        };
        fields.done();
        for (String name : head.unconfirmed()) {
            if (fields.raw().at("/" + name.replace('.', '/')).isMissingNode()) {
                fields.problem("unconfirmed", "names " + name + ", which the rule does not give");
            }
        }
        return Optional.of(rule);
    }

    /** A rule is in force only while its rulebook is: the later start and the earlier end count. */
    private static Optional<LocalDate> pick(Optional<LocalDate> rule, Optional<LocalDate> book, boolean later) {
        if (rule.isEmpty() || book.isEmpty()) {
            return rule.or(() -> book);
        }
        return rule.get().isAfter(book.get()) == later ? rule : book;
    }

    private static void checkHead(Fields fields, RuleHead head) {
        Citation cited = head.citation();
        if (cited.standard().isBlank() || cited.clause().isBlank()) {
            fields.problem("citation", "is required: {standard: …, clause: …}, here or for the whole rulebook");
        }
        if (!CONFIDENCES.contains(cited.confidence())) {
            fields.problem("citation.confidence", "wants confirmed, reported or unconfirmed, got " + cited.confidence());
        }
        cited.document().filter(hash -> !SHA_256.matcher(hash).matches()).ifPresent(hash -> fields.problem(
                "citation.document", "wants the SHA-256 of the document, 64 of 0-9 and a-f, got " + hash));
        cited.link().filter(link -> !LINK.matcher(link).matches()).ifPresent(link -> fields.problem(
                "citation.link", "wants an address that begins with http:// or https://, got " + link));
        if (head.validFrom().isEmpty()) {
            fields.problem("validFrom", "is required: a date, here or for the whole rulebook");
        }
        if (head.validFrom().isPresent() && head.validTo().filter(t -> t.isBefore(head.validFrom().get())).isPresent()) {
            fields.problem("validTo", "must not be before validFrom");
        }
        if (!ID.matcher(head.item()).matches()) {
            fields.problem("item", "wants an id such as washing, got " + head.item());
        }
        Spelling.nearest(head.item(), ITEMS)
                .filter(near -> !near.equals(head.item()))
                .ifPresent(near -> fields.problem("item", "is " + head.item() + "; did you mean " + near + "?"));
    }

    /** A limit without unit, averaging period, citation or date is refused. */
    private static LimitRule limit(RuleHead head, Fields fields) {
        LimitRule rule = LimitRule.read(head, fields);
        if (fields.has("unit") && !micro(rule.unit()).equals(micro(rule.quantity().unit()))) {
            fields.problem(
                    "unit",
                    "must be the quantity's own, " + rule.quantity().unit() + ", got " + rule.unit()
                            + "; convert the limit");
        }
        if (fields.has("period") && (rule.periodMs() <= 0 || rule.periodMs() > 86_400_000L
                || 86_400_000L % rule.periodMs() != 0)) {
            fields.problem("period", "must divide a day, for example PT15M, PT1H or P1D");
        }
        if (!(rule.limit() > 0)) {
            fields.problem("limit", "must be above 0");
        }
        return rule;
    }

    /** The micro sign and the Greek letter mean the same. */
    private static String micro(String unit) {
        return unit.replace('\u03bc', '\u00b5');
    }

    private static void note(Fields fields) {
        if (fields.has("note")) {
            fields.words("note");
        }
    }

    private static String id(Fields fields, String key) {
        String id = fields.text(key);
        if (fields.has(key) && !ID.matcher(id).matches()) {
            fields.problem(key, "wants an id of a-z, 0-9 and -, not starting with -, got " + id);
        }
        return id;
    }
}
