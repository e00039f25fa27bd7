package dustwarden.series;

import dustwarden.core.judge.State;
import dustwarden.core.model.Site;
import dustwarden.series.Schema.Measurement;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Makes the lines of a site's day and of a region's day; both stand at the day's local midnight, where each newer one takes
 * the place of the last.
 */
final class FigureLines {
    private FigureLines() {}

    /** What holds of a site only now. */
    record Now(long at, Collection<SiteStanding.OpenAlarm> alarms) {}

    /** @param now empty for a day that is over, whose point keeps what it had */
    static void site(
            Site site,
            SiteDay day,
            long dayStart,
            Optional<Now> now,
            Consumer<InfluxLine> out) {
        ItemStates states = day.states();
        InfluxLine.Builder line = InfluxLine.of(Measurement.SITE)
                .tag(Schema.REGION, site.region())
                .tag(Schema.SITE, site.id())
                .field(Schema.NAME, site.name().zh())
                .field(Schema.NAME_EN, site.name().en())
                .field(Schema.STATE, InfluxLines.state(states.worst()))
                .field(Schema.VIOLATION, states.count(State.VIOLATION))
                .field(Schema.UNKNOWN, states.count(State.UNKNOWN))
                .field(Schema.CAPTURE, states.capture());
        now.ifPresent(n -> line
                .field(Schema.AT, n.at())
                .field(Schema.OPEN, n.alarms().size())
                .field(Schema.URGENT, n.alarms().stream().filter(a -> a.priority().equals("high")).count()));
        states.since().ifPresent(since -> line.field(Schema.SINCE, since));
        site.position().ifPresent(at -> line
                .field(Schema.LATITUDE, at.latitude())
                .field(Schema.LONGITUDE, at.longitude()));
        SiteDay.Spent spent = day.spent();
        if (spent.all() > 0) {
            line.field(Schema.SHARE, spent.share(spent.inOrder()))
                    .field(Schema.VIOLATION_SHARE, spent.share(spent.violation()))
                    .field(Schema.UNKNOWN_SHARE, spent.share(spent.unknown()));
        }
        line.at(dayStart, 0).ifPresent(out);
    }

    /** A point for whole sites and one for each item. */
    static void region(String node, Collection<SiteDay> sites, long dayStart, Consumer<InfluxLine> out) {
        Sums whole = new Sums();
        for (SiteDay day : sites) {
            whole.add(day.states().worst(), day.states().capture());
        }
        whole.line(node, "", dayStart).ifPresent(out);
        for (String item : Checklist.ITEMS) {
            Sums sums = new Sums();
            for (SiteDay day : sites) {
                sums.add(day.states().state(item), day.states().capture(item));
            }
            sums.line(node, item, dayStart).ifPresent(out);
        }
    }

    /** Sites counted by state; a share is of those to which it applies. */
    private static final class Sums {
        private int sites;
        private int compliant;
        private int violation;
        private int unknown;
        private double capture;
        private int captures;

        void add(State state, OptionalDouble known) {
            sites++;
            compliant += state == State.COMPLIANT ? 1 : 0;
            violation += state == State.VIOLATION ? 1 : 0;
            unknown += state == State.UNKNOWN ? 1 : 0;
            if (known.isPresent() && state != State.NOT_APPLICABLE) {
                capture += known.getAsDouble();
                captures++;
            }
        }

        Optional<InfluxLine> line(String node, String item, long dayStart) {
            int all = compliant + violation + unknown;
            InfluxLine.Builder line = InfluxLine.of(Measurement.REGION)
                    .tag(Schema.REGION, node)
                    .tag(Schema.ITEM, item)
                    .field(Schema.SITES, sites)
                    .field(Schema.COMPLIANT, compliant)
                    .field(Schema.VIOLATION, violation)
                    .field(Schema.UNKNOWN, unknown);
            if (all > 0) {
                line.field(Schema.SHARE, (double) compliant / all);
            }
            if (captures > 0) {
                line.field(Schema.CAPTURE, capture / captures);
            }
            return line.at(dayStart, 0);
        }
    }
}
