package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Content;
import dustwarden.core.DecisionJson;
import dustwarden.core.model.Site;
import dustwarden.core.rule.LimitRule;
import dustwarden.core.rule.Rule;
import dustwarden.report.Document.Cell;
import dustwarden.report.Document.Part;
import dustwarden.report.Document.Rows;
import dustwarden.report.Document.Section;
import dustwarden.report.Document.Tone;
import dustwarden.report.SiteDay.Alarm;
import dustwarden.report.SiteDay.Stretch;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One site's day for people: the seven items, exceedances against the allowance, alarms, data capture, corrections. */
final class DailySections {
    private static final List<String> BESIDE = List.of("particulates", "restrictions");

    private final SiteDay day;
    private final Tallied tallied;
    private final Content content;
    private final Site site;

    DailySections(SiteDay day, Tallied tallied, Content content) {
        this.day = day;
        this.tallied = tallied;
        this.content = content;
        this.site = day.site();
    }

    void addTo(List<Section> sections, LocalDate date) {
        sections.add(items(date));
        sections.add(why());
        limits().ifPresent(sections::add);
        sections.add(alarms());
        sections.add(corrections());
    }

    private Section items(LocalDate date) {
        List<String> all = new ArrayList<>(SiteReports.SEVEN);
        all.addAll(BESIDE);
        Map<String, List<Stretch>> states = day.states(all);
        Map<String, JsonNode> newest = day.newest(all);
        Rows rows = new Rows(Words.label("item"), Words.label("atEnd"), Words.label("share"), Words.label("throughTheDay"),
                Words.label("good"), Words.label("violation"), Words.label("unknown"), Words.label("capture"));
        long end = site.dayEnd(day.from());
        states.forEach((item, stretches) -> {
            Tallied t = Tallied.ofOne(stretches);
            String state = stretches.isEmpty() ? SiteDay.NO_DATA : stretches.get(stretches.size() - 1).state();
            JsonNode last = newest.get(item);
            String share = last == null
                    ? "—"
                    : Html.text(last.path("low").asDouble()) + " … " + Html.text(last.path("high").asDouble());
            rows.add(Words.item(item), Cell.of(Words.state(state), tone(state)), share,
                    new Cell("", Tone.PLAIN, strip(stretches, end)), minutes(t.good()), minutes(t.bad()), minutes(t.unknown()),
                    last == null ? "—" : SiteReports.percent(last.path("capture").asDouble()));
        });
        List<String> lines = new ArrayList<>();
        lines.add(Words.label("score") + " " + (tallied.isBlank() ? "—" : SiteReports.percent(tallied.score())) + " · "
                + Words.label("unknown") + " " + SiteReports.percent(tallied.share(tallied.unknown())) + " · "
                + Words.label("unknownNote"));
        if (day.to() < end) {
            lines.add(Words.label("until") + " " + Words.time(DecisionJson.time(day.to(), site.zone())));
        }
        return new Section(Words.both(site.name()) + " (" + site.id() + ") " + date, lines, rows.table());
    }

    private static Tone tone(String state) {
        return state.equals(SiteDay.NO_DATA) ? Tone.UNKNOWN : EvidencePage.tone(state);
    }

    private static String minutes(long ms) {
        long all = ms / 60_000;
        return all / 60 + ":" + (all % 60 < 10 ? "0" : "") + all % 60;
    }

    private List<Part> strip(List<Stretch> stretches, long end) {
        double length = end - day.from();
        List<Part> parts = new ArrayList<>();
        for (Stretch s : stretches) {
            parts.add(new Part(tone(s.state()), (s.from() - day.from()) / length, (s.to() - day.from()) / length));
        }
        return parts;
    }

    /** What stood against each item at the end. */
    private Section why() {
        Rows rows = new Rows(Words.label("item"), Words.label("why"));
        day.newest(SiteReports.SEVEN).forEach((item, v) -> {
            if (!v.path("reasons").isEmpty()) {
                rows.add(Words.item(item), String.join("\n", sentences(item, v.path("reasons"))));
            }
        });
        return new Section(Words.label("reasonsAtEnd"), rows.isEmpty() ? List.of(Words.label("none")) : List.of(),
                rows.isEmpty() ? Optional.empty() : rows.table());
    }

    /** By each rule of the item that gave reasons; those of the item itself where no rule gave any. */
    private List<String> sentences(String item, JsonNode ofItem) {
        List<String> lines = new ArrayList<>();
        for (String id : site.rulebooks()) {
            for (Rule rule : content.rulebooks().get(id).rules()) {
                JsonNode reasons = day.ruleVerdict(rule.head().id()).path("reasons");
                if (rule.head().item().equals(item) && !reasons.isEmpty()) {
                    lines.addAll(Words.sentences(reasons, Optional.of(rule)));
                }
            }
        }
        return lines.isEmpty() ? Words.sentences(ofItem, Optional.empty()) : lines;
    }

    /** Each point's windows of each limit rule: how many were above, how many are allowed, how many had too few data. */
    private Optional<Section> limits() {
        Rows rows = new Rows(Words.label("rule"), Words.label("device"), Words.label("windows"), Words.label("above"),
                Words.label("allowed"), Words.label("tooFewData"), Words.label("capture"));
        List<JsonNode> means = day.means();
        for (LimitRule rule : rules()) {
            Map<String, List<JsonNode>> byDevice = new LinkedHashMap<>();
            String period = Duration.ofMillis(rule.periodMs()).toString();
            means.stream().filter(m -> m.path("quantity").asText().equals(rule.quantity().wire())
                            && m.path("period").asText().equals(period))
                    .forEach(m -> byDevice.computeIfAbsent(m.path("device").asText(), k -> new ArrayList<>()).add(m));
            byDevice.forEach((device, of) -> {
                long few = of.stream().filter(m -> !m.path("flag").asText().equals("N")).count();
                double capture = of.stream().mapToDouble(m -> m.path("capture").asDouble()).average().orElse(0);
                long above = exceedances(rule, device);
                rows.add(Words.both(rule.head().title()), device, (long) of.size(),
                        Cell.of(above, above > rule.allowed() ? Tone.BAD : Tone.PLAIN), (long) rule.allowed(),
                        Cell.of(few, few > 0 ? Tone.UNKNOWN : Tone.PLAIN), SiteReports.percent(capture));
            });
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Section(Words.label("exceedances"), List.of(), rows.table()));
    }

    private List<LimitRule> rules() {
        List<LimitRule> found = new ArrayList<>();
        for (String id : site.rulebooks()) {
            for (Rule rule : content.rulebooks().get(id).rules()) {
                if (rule instanceof LimitRule limit) {
                    found.add(limit);
                }
            }
        }
        return found;
    }

    /** Counted in the reasons of the newest verdict on the day, which name every window above the limit. */
    private long exceedances(LimitRule rule, String device) {
        JsonNode last = day.ruleVerdict(rule.head().id());
        long count = 0;
        for (JsonNode reason : last.path("reasons")) {
            boolean its = reason.path("params").path("device").asText().equals(device);
            count += its && reason.path("code").asText().equals("exceedance") ? 1 : 0;
        }
        return count;
    }

    private Section alarms() {
        Rows rows = new Rows(Words.label("item"), Words.label("subject"), Words.label("raisedAt"), Words.label("acknowledged"),
                Words.label("rectified"), Words.label("returnedAt"), Words.label("closed"), Words.label("state"),
                Words.label("occurrences"));
        for (Alarm a : day.alarms()) {
            JsonNode last = a.last();
            String state = last.path("state").asText();
            rows.add(Words.item(last.path("item").asText()), last.path("subject").asText(), last.path("raisedAt").asText(),
                    after(a, "acknowledged"), after(a, "rectified"), last.path("returnedAt").asText("—"), after(a, "closed"),
                    Cell.of(Words.transition(state), state.equals("closed") ? Tone.GOOD : Tone.BAD),
                    last.path("occurrences").asLong());
        }
        return new Section(Words.label("alarms"), rows.isEmpty() ? List.of(Words.label("none")) : List.of(Words.label("handling")),
                rows.isEmpty() ? Optional.empty() : rows.table());
    }

    /** How long after it was raised, as hours and minutes. */
    private static String after(Alarm alarm, String state) {
        String at = alarm.at(state);
        return at.isEmpty()
                ? "—"
                : "+" + minutes(Evidence.millis(at) - Evidence.millis(alarm.last().path("raisedAt").asText()));
    }

    private Section corrections() {
        Rows rows = new Rows(Words.label("at"), Words.label("rule"), Words.label("period"), Words.label("state"),
                Words.label("corrects"));
        for (JsonNode v : day.corrections()) {
            rows.add(v.path("at").asText(), v.path("rule").asText(), Words.time(v.path("from").asText()),
                    Cell.of(Words.state(v.path("state").asText()), EvidencePage.tone(v.path("state").asText())),
                    v.path("supersedes").asText());
        }
        return new Section(Words.label("corrections"), rows.isEmpty() ? List.of(Words.label("none")) : List.of(),
                rows.isEmpty() ? Optional.empty() : rows.table());
    }
}
