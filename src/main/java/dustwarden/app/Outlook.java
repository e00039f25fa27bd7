package dustwarden.app;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.judge.State;
import dustwarden.core.model.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a run of decisions leaves for people: the last final verdicts of each site, rule and day, and the alarms raised. */
final class Outlook {
    private static final String FINAL = "\"final\":true";
    private static final String RAISED = "\"transition\":\"raised\"";

    /** A rule on a site's day. */
    private record RuleDay(String day, String site, String item, String rule) implements Comparable<RuleDay> {
        private String text() {
            return day + '\n' + site + '\n' + item + '\n' + rule;
        }

        @Override
        public int compareTo(RuleDay other) {
            return text().compareTo(other.text());
        }
    }

    /** The final verdict on one period; a bound of the share may be absent. */
    private record Final(State state, Optional<Double> low, Optional<Double> high) {}

    private record Raised(String at, String site, String item, String rule, String subject) implements Comparable<Raised> {
        private String text() {
            return at + '\n' + site + '\n' + item + '\n' + rule + '\n' + subject;
        }

        @Override
        public int compareTo(Raised other) {
            return text().compareTo(other.text());
        }
    }

    private final long from;
    private final long to;
    // By the beginning of the period, for a day may have many.
    private final Map<RuleDay, Map<String, Final>> verdicts = new TreeMap<>();
    private final TreeSet<Raised> alarms = new TreeSet<>();

    /** Of periods and alarms that begin in {@code from..to}, epoch ms. */
    Outlook(long from, long to) {
        this.from = from;
        this.to = to;
    }

    void add(String type, byte[] line) {
        if (type.equals("verdict")) {
            verdict(new String(line, StandardCharsets.UTF_8));
        } else if (type.equals("alarm")) {
            alarm(new String(line, StandardCharsets.UTF_8));
        }
    }

    private void verdict(String line) {
        if (!line.contains(FINAL)) {
            return;
        }
        JsonNode verdict = CanonicalJson.parse(line);
        String begins = verdict.path("from").asText();
        if (verdict.hasNonNull("rule") && isWithin(begins)) {
            RuleDay key = new RuleDay(begins.substring(0, 10), text(verdict, "site"), text(verdict, "item"), text(verdict, "rule"));
            verdicts.computeIfAbsent(key, k -> new TreeMap<>()).put(
                    begins,
                    new Final(State.valueOf(text(verdict, "state")), number(verdict, "low"), number(verdict, "high")));
        }
    }

    private void alarm(String line) {
        if (!line.contains(RAISED)) {
            return;
        }
        JsonNode alarm = CanonicalJson.parse(line);
        if (isWithin(text(alarm, "at"))) {
            alarms.add(new Raised(
                    text(alarm, "at"), text(alarm, "site"), text(alarm, "item"), text(alarm, "rule"), text(alarm, "subject")));
        }
    }

    private static String text(JsonNode from, String name) {
        return from.path(name).asText();
    }

    private static Optional<Double> number(JsonNode from, String name) {
        return from.path(name).isNumber() ? Optional.of(from.path(name).asDouble()) : Optional.empty();
    }

    private boolean isWithin(String iso) {
        long at = OffsetDateTime.parse(iso).toInstant().toEpochMilli();
        return at >= from && at < to;
    }

    /** What would be otherwise: site-days first, then alarms, each in order of time. */
    Changes changesTo(Outlook other) {
        List<Changes.SiteDay> days = new ArrayList<>();
        TreeSet<RuleDay> keys = new TreeSet<>(verdicts.keySet());
        keys.addAll(other.verdicts.keySet());
        for (RuleDay key : keys) {
            Map<String, Final> was = verdicts.getOrDefault(key, Map.of());
            Map<String, Final> is = other.verdicts.getOrDefault(key, Map.of());
            if (!was.equals(is)) {
                days.add(new Changes.SiteDay(key.day(), key.site(), key.item(), key.rule(), day(was.values()), day(is.values())));
            }
        }
        List<Changes.Alarm> changed = new ArrayList<>();
        TreeSet<Raised> all = new TreeSet<>(alarms);
        all.addAll(other.alarms);
        for (Raised r : all) {
            boolean would = other.alarms.contains(r);
            if (would != alarms.contains(r)) {
                changed.add(new Changes.Alarm(r.at(), r.site(), r.item(), r.rule(), r.subject(), would));
            }
        }
        return new Changes(days, changed);
    }

    /** The worst of a day's periods, how many are as bad, and between what bounds their shares lie. */
    private static Optional<Changes.Verdict> day(Collection<Final> periods) {
        return periods.stream().map(Final::state).reduce(State::worst).map(worst -> {
            List<Final> as = periods.stream().filter(p -> p.state() == worst).toList();
            return new Changes.Verdict(
                    worst, as.size(), periods.size(),
                    as.stream().flatMap(p -> p.low().stream()).min(Double::compare),
                    as.stream().flatMap(p -> p.high().stream()).max(Double::compare));
        });
    }
}
