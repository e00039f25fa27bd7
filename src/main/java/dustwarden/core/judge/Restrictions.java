package dustwarden.core.judge;

import dustwarden.core.judge.StateLine.Stretch;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Observation.Order;
import dustwarden.core.model.Permit;
import dustwarden.core.model.Site;
import dustwarden.core.rule.BanRule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** When a ban rule restricts a site, from orders, wind or the hour of the night. */
final class Restrictions {
    /** Where too few values came for a mean the next may complete it. */
    private static final long UNKNOWN_AGAIN_MS = 60_000;

    private final BanRule rule;

    Restrictions(BanRule rule) {
        this.rule = rule;
    }

    /** What restricts the site within {@code [from, to)}, cut to it, in order of time. */
    List<Restriction> within(SiteFacts facts, long from, long to) {
        return switch (rule.cause()) {
            case ORDER -> orders(facts, from, to);
            case WIND -> wind(facts, from, to);
            case NIGHT -> nights(facts.site(), from, to);
        };
    }

    /**
     * How it stands at a moment.
     *
     * @param inForce what restricts the site then
     * @param windUnknown whether nobody knows the wind that would
     * @param nextChange as {@link #nextChange}
     */
    record Present(List<Restriction> inForce, boolean windUnknown, long nextChange) {}

    Present at(SiteFacts facts, long now) {
        if (rule.cause() != BanRule.Cause.WIND) {
            return new Present(within(facts, now, now + 1), false, nextChange(facts, now));
        }
        Stretch<Boolean> blows = windNow(facts, now);
        boolean strong = blows.value().equals(Optional.of(true));
        return new Present(strong ? List.of(new Restriction(now, now + 1, rule.bans(), "")) : List.of(), blows.value().isEmpty(),
                blows.value().isPresent() ? blows.to() : now + UNKNOWN_AGAIN_MS);
    }

    /** When the restriction may begin, end or change after {@code now} if nothing more is reported. */
    long nextChange(SiteFacts facts, long now) {
        return switch (rule.cause()) {
            case ORDER -> orderEdges(facts, now, Long.MAX_VALUE).stream().filter(e -> e > now).findFirst().orElse(Long.MAX_VALUE);
            case WIND -> windEnds(facts, now);
            case NIGHT -> nightEdge(facts.site(), now);
        };
    }

    private static TreeSet<Long> orderEdges(SiteFacts facts, long from, long to) {
        TreeSet<Long> edges = new TreeSet<>();
        for (RegionFacts region : facts.regions()) {
            for (Order order : region.orders(from, to)) {
                edges.add(order.ts());
                edges.add(order.to());
            }
        }
        return edges;
    }

    /** The nearest region with an order in force decides, with all its orders and whom they exempt. */
    private static List<Restriction> orders(SiteFacts facts, long from, long to) {
        TreeSet<Long> edges = orderEdges(facts, from, to);
        edges.add(from);
        List<Restriction> found = new ArrayList<>();
        for (long start : edges.subSet(from, true, to, false)) {
            Long next = edges.higher(start);
            long end = next == null ? to : Math.min(next, to);
            for (RegionFacts region : facts.regions()) {
                List<Order> inForce = region.orders(start, start + 1);
                inForce.stream()
                        .filter(o -> !o.exempt().contains(facts.site().id()))
                        .forEach(o -> found.add(new Restriction(start, end, Set.copyOf(o.bans()), o.id())));
                if (!inForce.isEmpty()) {
                    break;
                }
            }
        }
        return found;
    }

    private List<Stretch<Boolean>> windLine(SiteFacts facts, long from, long to) {
        return Wind.tooStrong(facts, rule.windFrom(), rule.windPeriodMs(), rule.windCaptureMin(), from, to);
    }

    private List<Restriction> wind(SiteFacts facts, long from, long to) {
        List<Restriction> found = new ArrayList<>();
        for (Stretch<Boolean> stretch : windLine(facts, from, to)) {
            if (stretch.value().equals(Optional.of(true))) {
                found.add(new Restriction(stretch.from(), stretch.to(), rule.bans(), ""));
            }
        }
        return found;
    }

    private long windEnds(SiteFacts facts, long now) {
        Stretch<Boolean> holds = windNow(facts, now);
        return holds.value().isPresent() ? holds.to() : Long.MAX_VALUE;
    }

    /** What is known of the wind at an instant, and for how long that holds if nothing more is reported. */
    private Stretch<Boolean> windNow(SiteFacts facts, long now) {
        long validity = 1;
        for (Device monitor : facts.site().devices()) {
            validity = monitor.kind() == DeviceKind.MONITOR ? Math.max(validity, monitor.validityMs()) : validity;
        }
        return windLine(facts, now, now + validity).get(0);
    }

    private List<Restriction> nights(Site site, long from, long to) {
        Spans spans = new Spans();
        for (LocalDate date = site.localDate(from).minusDays(1); !date.isAfter(site.localDate(to)); date = date.plusDays(1)) {
            boolean pastMidnight = !rule.nightTo().isAfter(rule.nightFrom());
            long start = date.atTime(rule.nightFrom()).atZone(site.zone()).toInstant().toEpochMilli();
            long end = date.plusDays(pastMidnight ? 1 : 0).atTime(rule.nightTo()).atZone(site.zone()).toInstant().toEpochMilli();
            spans.add(start, end);
        }
        for (Permit permit : site.permits()) {
            if (permit.kind().equals(rule.permit())) {
                spans.remove(permit.from(), permit.to());
            }
        }
        return spans.within(from, to).stream().map(s -> new Restriction(s.from(), s.to(), rule.bans(), "")).toList();
    }

    private long nightEdge(Site site, long now) {
        long ahead = now + 2 * 86_400_000L;
        return nights(site, now, ahead).stream()
                .flatMap(r -> List.of(r.from(), r.to()).stream())
                .filter(edge -> edge > now && edge < ahead)
                .min(Long::compare)
                .orElse(ahead);
    }

    /** All that any of the restrictions bans. */
    static Set<Activity> bans(List<Restriction> restrictions) {
        Set<Activity> bans = EnumSet.noneOf(Activity.class);
        restrictions.forEach(r -> bans.addAll(r.bans()));
        return bans;
    }
}
