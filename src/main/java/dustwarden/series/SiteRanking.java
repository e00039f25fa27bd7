package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.model.Site;
import dustwarden.series.Schema.Measurement;
import dustwarden.series.SiteDay.Spent;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * How one site's seven items spent their time on its newest ninety days, and the shares that this comes to over each period that a
 * ranking offers; so a board over thousands of sites reads one point a site.
 */
final class SiteRanking {
    /** Local days by the name of their period, the running one among them. */
    static final Map<String, Integer> PERIODS = new TreeMap<>(Map.of("7d", 7, "30d", 30, "90d", 90));
    private static final int DAYS_MAX = 90;

    private final TreeMap<LocalDate, Spent> days = new TreeMap<>();

    /** Takes a day that ended. */
    void put(LocalDate date, Spent spent) {
        if (spent.all() > 0) {
            days.put(date, spent);
            while (days.size() > DAYS_MAX) {
                days.pollFirstEntry();
            }
        }
    }

    /** A point for each period at the local midnight of the running day. */
    void lines(Site site, LocalDate today, Spent running, long dayStart, Consumer<InfluxLine> out) {
        PERIODS.forEach((name, length) -> {
            Spent sum = running;
            int count = running.all() > 0 ? 1 : 0;
            for (Spent day : days.subMap(today.minusDays(length - 1L), true, today, false).values()) {
                sum = sum.plus(day);
                count++;
            }
            line(site, name, sum, count).at(dayStart, 0).ifPresent(out);
        });
    }

    private static InfluxLine.Builder line(Site site, String period, Spent spent, int days) {
        InfluxLine.Builder line = InfluxLine.of(Measurement.RANKING)
                .tag(Schema.REGION, site.region())
                .tag(Schema.SITE, site.id())
                .tag(Schema.PERIOD, period)
                .field(Schema.NAME, site.name().zh())
                .field(Schema.NAME_EN, site.name().en())
                .field(Schema.DAYS, days);
        if (days > 0) {
            line.field(Schema.SHARE, spent.share(spent.inOrder()))
                    .field(Schema.VIOLATION_SHARE, spent.share(spent.violation()))
                    .field(Schema.UNKNOWN_SHARE, spent.share(spent.unknown()));
        }
        return line;
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        days.forEach((date, s) -> json.putArray(date.toString()).add(s.inOrder()).add(s.violation()).add(s.unknown()));
        return json;
    }

    static SiteRanking of(JsonNode json) {
        SiteRanking ranking = new SiteRanking();
        for (Map.Entry<String, JsonNode> e : json.properties()) {
            JsonNode s = e.getValue();
            ranking.put(LocalDate.parse(e.getKey()), new Spent(s.path(0).asLong(), s.path(1).asLong(), s.path(2).asLong()));
        }
        return ranking;
    }
}
