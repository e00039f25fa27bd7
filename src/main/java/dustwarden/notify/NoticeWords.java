package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Content;
import dustwarden.core.rule.LimitRule;
import dustwarden.core.rule.Rule;
import dustwarden.core.rule.Rulebook;
import dustwarden.notify.Told.Link;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Says in both languages what a notice has to: which clause, what happened and when it clears, what to do now, and who is told
 * next; with a link to acknowledge where there is one.
 */
public final class NoticeWords {
    /** The site id of what concerns a region, or this installation. */
    static final String REGION = "region";
    private static final Set<String> OURS = Set.of("link-down", ChannelWatch.RULE);
    private static final Set<String> OVER = Set.of("returned", "verified", "closed");

    private final Supplier<Content> content;
    private final AckLinks links;
    private final InstantSource clock;

    public NoticeWords(Supplier<Content> content, AckLinks links, InstantSource clock) {
        this.content = content;
        this.links = links;
        this.clock = clock;
    }

    /**
     * The text of one message; notices of one alarm to several receivers read as one.
     *
     * @param message its id
     */
    public NoticeText of(String message, List<Notice> notices) {
        boolean one = notices.stream().map(n -> n.alarm() + n.transition()).distinct().count() == 1;
        Function<Phrases, Told> told = one
                ? p -> single(notices, p)
                : p -> new MergedWords(p, this::site, links).of(message, notices, clock.millis());
        return new NoticeText(told.apply(new Phrases("zh")), told.apply(new Phrases("en")));
    }

    private Told single(List<Notice> notices, Phrases p) {
        Notice notice = notices.get(0);
        JsonNode alarm = notice.alarmNode();
        List<String> lines = new ArrayList<>();
        if (notice.transition().equals("correction")) {
            corrected(lines, notice, alarm, p);
        } else {
            lines(lines, notice, alarm, p);
        }
        return new Told(title(notice, alarm, p), lines, links(notices, p), Optional.empty());
    }

    private String title(Notice notice, JsonNode alarm, Phrases p) {
        String urgency = OVER.contains(notice.transition()) ? "" : p.word("priorities", alarm.path("priority").asText(""));
        String step = p.word("transitions", notice.transition());
        String subject = alarm.path("subject").asText();
        String item = alarm.path("item").asText();
        return (p.zh() ? "【" : "[") + step + (urgency.isEmpty() ? "" : (p.zh() ? "·" : ", ") + urgency) + (p.zh() ? "】" : "] ")
                + (OURS.contains(alarm.path("rule").asText()) ? p.word("sentences", "platform") : site(notice.site(), p))
                + (item.isEmpty() ? "" : " · " + p.word("items", item))
                + (subject.isEmpty() || subject.equals(item) ? "" : " · " + p.word("values", subject));
    }

    private void lines(List<String> lines, Notice notice, JsonNode alarm, Phrases p) {
        Optional<Rule> rule = rule(alarm.path("rule").asText());
        rule.ifPresent(r -> lines.add(p.label("clause", clause(r, p))));
        lines.add(p.label("facts", facts(alarm, rule, p)));
        boolean over = OVER.contains(alarm.path("state").asText());
        lines.add(p.label("since", span(alarm, p)));
        if (alarm.has("person")) {
            String text = alarm.path("text").asText();
            lines.add(p.label("person", alarm.path("person").asText() + (text.isEmpty() ? "" : (p.zh() ? "，" : ", ") + text)));
        }
        if (!over) {
            new ClearsWhen(p).of(alarm, rule).ifPresent(c -> lines.add(p.label("clears", c)));
        }
        lines.add(p.label("action", action(alarm, over, p)));
        if (!over && (!notice.site().equals(REGION) || alarm.has("next"))) {
            lines.add(p.label("next", new NextTold(content).of(notice, p)));
        }
    }

    private static String clause(Rule rule, Phrases p) {
        var cited = rule.head().citation();
        String title = p.zh() ? rule.head().title().zh() : rule.head().title().en();
        String standard = cited.standard().isEmpty() ? "" : cited.standard() + (p.zh() ? "，" : ", ");
        return title + (p.zh() ? "（" : " (") + standard + cited.clause() + (p.zh() ? "）" : ")");
    }

    private static String facts(JsonNode alarm, Optional<Rule> rule, Phrases p) {
        String now = alarm.path("at").asText();
        List<String> facts = new ArrayList<>();
        alarm.path("reasons").forEach(r -> facts.add(p.fact(r, now)));
        boolean told = facts.stream().anyMatch(f -> alarm.has("peak") && f.contains(Phrases.figure(alarm.path("peak").asDouble())));
        if (alarm.has("peak") && alarm.has("limit") && !told) {
            String peak = Phrases.figure(alarm.path("peak").asDouble());
            String limit = Phrases.figure(alarm.path("limit").asDouble());
            facts.add(rule.orElse(null) instanceof LimitRule l
                    ? p.say("sentences", "figure", "peak", peak, "limit", limit, "unit", l.unit(),
                            "period", p.period(Duration.ofMillis(l.periodMs()).toString()))
                    : p.say("sentences", "plainFigure", "peak", peak, "limit", limit));
        }
        if (alarm.path("occurrences").asLong() > 1) {
            facts.add(p.say("sentences", "occurrences", "n", alarm.path("occurrences").asLong()));
        }
        return facts.isEmpty() ? p.word("items", alarm.path("item").asText("?")) : String.join(p.zh() ? "；" : "; ", facts);
    }

    private static String span(JsonNode alarm, Phrases p) {
        String now = alarm.path("at").asText();
        String from = alarm.path("raisedAt").asText();
        if (alarm.has("returnedAt")) {
            String to = alarm.path("returnedAt").asText();
            return p.say("sentences", "ended", "from", p.time(from, now), "to", p.time(to, now), "lasted", p.lasted(from, to));
        }
        return from.equals(now)
                ? p.say("sentences", "just", "from", p.time(from, now))
                : p.say("sentences", "since", "from", p.time(from, now), "lasted", p.lasted(from, now));
    }

    private static String action(JsonNode alarm, boolean over, Phrases p) {
        String state = alarm.path("state").asText();
        if (over) {
            return p.word("sentences", state.equals("returned") ? "confirmReturned" : "none");
        }
        if (state.equals("rectified")) {
            return p.word("sentences", "confirmRectified");
        }
        return p.ofReasons(ReasonWords.Part.DO_NOW, alarm)
                .orElseGet(() -> ReasonWords.todo(alarm.path("item").asText(), p.zh() ? "zh" : "en"));
    }

    private static void corrected(List<String> lines, Notice notice, JsonNode verdict, Phrases p) {
        String now = verdict.path("at").asText();
        lines.add(p.label("facts", p.say("sentences", "corrected",
                "item", p.word("items", verdict.path("item").asText("?")),
                "from", p.time(verdict.path("from").asText("?"), now),
                "to", p.time(verdict.path("to").asText("?"), now),
                "state", p.word("states", verdict.path("state").asText("?")))));
        verdict.path("reasons").forEach(r -> lines.add(p.fact(r, now)));
        lines.add(p.label("action", p.word("sentences", "none")));
    }

    private List<Link> links(List<Notice> notices, Phrases p) {
        List<Link> found = new ArrayList<>();
        for (Notice notice : notices) {
            String label = p.word("labels", "acknowledge")
                    + (notices.size() > 1 ? (p.zh() ? "（" + notice.receiver() + "）" : " (" + notice.receiver() + ")") : "");
            links.url(notice, clock.millis()).ifPresent(url -> found.add(new Link(label, url)));
        }
        return found;
    }

    private String site(String id, Phrases p) {
        return id.equals(REGION) ? p.word("sentences", "region") : content.get().register().site(id)
                .map(s -> p.zh() ? s.name().zh() : s.name().en())
                .orElse(id);
    }

    private Optional<Rule> rule(String id) {
        Rulebook book = content.get().rulebooks().get(id.substring(0, Math.max(0, id.indexOf('/'))));
        return book == null ? Optional.empty() : book.rules().stream().filter(r -> r.head().id().equals(id)).findFirst();
    }

    /** What a test of a channel says. */
    public static NoticeText test(String channel) {
        Function<Phrases, Told> told = p -> new Told(
                (p.zh() ? "【" + p.word("transitions", "test") + "】" : "[" + p.word("transitions", "test") + "] ")
                        + p.word("sentences", "platform") + " · " + channel,
                List.of(p.word("sentences", "test")), List.of(), Optional.empty());
        return new NoticeText(told.apply(new Phrases("zh")), told.apply(new Phrases("en")));
    }

    static String names(List<String> names, Phrases p) {
        return names.stream().collect(Collectors.joining(p.zh() ? "、" : ", "));
    }
}
