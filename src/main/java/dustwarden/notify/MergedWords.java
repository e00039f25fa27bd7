package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.notify.Told.Link;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Says many notices in one message: each in a line while they are few, else each site with what it has how often. */
final class MergedWords {
    private static final int LINES_EACH = 12;
    /** More links would leave a robot's message of 2,048 bytes no words; the others have the console. */
    private static final int RECEIVERS_MAX = 5;
    private static final String BETWEEN = "|";

    private final Phrases p;
    private final BiFunction<String, Phrases, String> site;
    private final AckLinks links;

    MergedWords(Phrases phrases, BiFunction<String, Phrases, String> site, AckLinks links) {
        this.p = phrases;
        this.site = site;
        this.links = links;
    }

    /**
     * The text.
     *
     * @param message its id, by which links find its notices again
     * @param now epoch ms, from when on links are good
     */
    Told of(String message, List<Notice> notices, long now) {
        Map<String, List<Notice>> bySite = notices.stream()
                .collect(Collectors.groupingBy(Notice::site, LinkedHashMap::new, Collectors.toList()));
        long urgent = notices.stream().filter(Notice::urgent).count();
        String pressing = urgent == 0 ? "" : p.say("sentences", "mergedUrgent", "n", urgent);
        String title = bySite.size() == 1
                ? p.say("sentences", "mergedSite", "site", site.apply(notices.get(0).site(), p), "n", notices.size(), "urgent", pressing)
                : p.say("sentences", "mergedSites", "sites", bySite.size(), "n", notices.size(), "urgent", pressing);
        boolean few = notices.size() <= LINES_EACH;
        List<String> lines = few
                ? notices.stream().map(n -> line(n, bySite.size() > 1)).toList()
                : bySite.size() == 1 ? ofOne(notices) : ofEach(bySite);
        String more = p.word("sentences", few || bySite.size() == 1 ? "moreNotices" : "moreSites");
        return new Told(title, lines, links(message, notices, now), Optional.of(more));
    }

    /** For each receiver one that opens what he may acknowledge of it, then the console. */
    private List<Link> links(String message, List<Notice> notices, long now) {
        List<Link> found = new ArrayList<>();
        List<String> receivers = notices.stream().filter(AckLinks::isOfUse).map(Notice::receiver).distinct().toList();
        receivers.stream().limit(RECEIVERS_MAX).forEach(receiver -> links.url(message, receiver, now).ifPresent(url -> {
            String whose = receivers.size() == 1 ? "" : p.zh() ? "（" + receiver + "）" : " (" + receiver + ")";
            found.add(new Link(p.word("labels", "acknowledgeEach") + whose, url));
        }));
        links.base().map(URI::toString).ifPresent(u -> found.add(new Link(p.word("labels", "console"), u)));
        return found;
    }

    private String line(Notice notice, boolean named) {
        JsonNode alarm = notice.alarmNode();
        String now = alarm.path("at").asText();
        String fact = alarm.path("reasons").isEmpty() ? "" : (p.zh() ? "：" : ": ") + p.fact(alarm.path("reasons").get(0), now);
        return (p.zh() ? "· 【" : "· [") + p.word("transitions", notice.transition()) + (p.zh() ? "】" : "] ")
                + (named ? site.apply(notice.site(), p) + " " : "")
                + p.word("items", alarm.path("item").asText("?")) + " " + alarm.path("subject").asText() + fact;
    }

    /** One site: a line for what has happened to how many of each item. */
    private List<String> ofOne(List<Notice> notices) {
        TreeMap<String, Long> counts = counts(notices);
        List<String> lines = new ArrayList<>();
        counts.forEach((what, n) -> lines.add("· " + said(what) + " " + n));
        return lines;
    }

    private List<String> ofEach(Map<String, List<Notice>> bySite) {
        Comparator<Map.Entry<String, List<Notice>>> worst = Comparator.comparingLong(
                (Map.Entry<String, List<Notice>> e) -> -e.getValue().stream().filter(Notice::urgent).count())
                .thenComparingInt(e -> -e.getValue().size());
        return bySite.entrySet().stream().sorted(worst).map(e -> "· " + site.apply(e.getKey(), p) + (p.zh() ? "：" : ": ")
                + counts(e.getValue()).entrySet().stream()
                        .map(c -> said(c.getKey()) + " " + c.getValue())
                        .collect(Collectors.joining(p.zh() ? "，" : ", "))).toList();
    }

    private TreeMap<String, Long> counts(List<Notice> notices) {
        return notices.stream().collect(Collectors.groupingBy(
                n -> n.alarmNode().path("item").asText("?") + BETWEEN + n.transition(), TreeMap::new, Collectors.counting()));
    }

    private String said(String what) {
        int between = what.indexOf(BETWEEN);
        return p.word("items", what.substring(0, between)) + (p.zh() ? "" : " ")
                + p.word("transitions", what.substring(between + 1)).toLowerCase(Locale.ROOT);
    }
}
