package dustwarden.core.judge;

import dustwarden.core.model.DatePeriod;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Phase;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.RoadClass;
import dustwarden.core.model.Site;
import dustwarden.core.model.Text;
import dustwarden.core.model.Values;
import dustwarden.core.model.Values.Value;
import dustwarden.core.model.Work;
import dustwarden.core.rule.LimitRule;
import dustwarden.core.rule.LimitRule.Form;
import dustwarden.core.rule.RuleHead;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** A site with monitors and one limit, fed by hand; the day is 2026-03-14 unless told otherwise. */
final class LimitCase {
    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    final Site site;
    final LimitRule rule;
    final SiteFacts facts;
    final RegionFacts county = new RegionFacts();
    final LimitJudge judge;
    final long day;
    private long offset;

    private LimitCase(Site site, LimitRule rule, LocalDate date, long before) {
        this.site = site;
        this.rule = rule;
        this.day = date.atStartOfDay(site.zone()).toInstant().toEpochMilli();
        this.judge = new LimitJudge(rule, site);
        this.facts = new SiteFacts(site, day - before, Set.of(judge.spec()));
        facts.bind(site, List.of(county));
    }

    static LimitCase of(LimitRule rule, Device... monitors) {
        return new LimitCase(site("Asia/Shanghai", true, List.of(), List.of(monitors)), rule, LocalDate.of(2026, 3, 14), 0);
    }

    static LimitCase registeredBefore(long before, LimitRule rule, Device... monitors) {
        return new LimitCase(site("Asia/Shanghai", true, List.of(), List.of(monitors)), rule, LocalDate.of(2026, 3, 14), before);
    }

    static LimitCase at(Site site, LimitRule rule, LocalDate date) {
        return new LimitCase(site, rule, date, 0);
    }

    static LimitRule hebei() {
        return rule(HOUR, 80, Form.ABOVE_BACKGROUND, OptionalDouble.of(150), 2, List.of());
    }

    static LimitRule absolute(long periodMs, double limit, int allowed) {
        return rule(periodMs, limit, Form.ABSOLUTE, OptionalDouble.empty(), allowed, List.of());
    }

    static LimitRule rule(
            long periodMs, double limit, Form form, OptionalDouble cap, int allowed, List<LimitRule.Variant> variants) {
        RuleHead head = new RuleHead(
                "book/rule", "particulates", new Text("限值", "limit"),
                new RuleHead.Citation("standard", "clause", Optional.empty(), Optional.empty(), Optional.empty(), "confirmed"),
                Optional.empty(),
                Optional.empty(), RuleHead.Priority.MEDIUM, 60_000, 60_000, 600_000, List.of(), "00");
        return new LimitRule(
                head, Quantity.PM10, periodMs, limit, "µg/m³", form, cap, allowed, 0.75, 0.15, OptionalDouble.empty(), variants);
    }

    static Device monitor(String id, String side) {
        return monitor(id, Optional.of(side), Optional.empty());
    }

    static Device monitor(String id, Optional<String> side, Optional<LocalDate> verifiedUntil) {
        return new Device(
                id, DeviceKind.MONITOR, MINUTE, side, Optional.empty(), verifiedUntil, Optional.empty(), List.of(),
                List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Phase phase(Work... works) {
        return new Phase(DatePeriod.ALWAYS, Set.of(works), OptionalDouble.empty());
    }

    static Site site(String zone, boolean builtUp, List<Phase> phases, List<Device> devices) {
        return new Site(
                "s-1", new Text("工地", "site"), "130000/130100", Optional.empty(), ZoneId.of(zone), List.of("book"), List.of(),
                RoadClass.MAIN, builtUp, false, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(),
                OptionalDouble.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), phases,
                List.of(), List.of(), List.of(), devices, Set.of(), "00");
    }

    /** One value of PM10, received a second later. */
    LimitCase put(String device, long ts, double value, Flag flag) {
        Map<Quantity, Value> values = new EnumMap<>(Quantity.class);
        values.put(Quantity.PM10, new Value(value, flag));
        return put(device, ts, values);
    }

    LimitCase put(String device, long ts, Map<Quantity, Value> values) {
        Device from = site.device(device).orElseThrow();
        facts.apply(
                new Observation.Reading(site.id(), device, ts, OptionalLong.empty(), new Values(values)), from, ts + 1000,
                offset++);
        return this;
    }

    /** A value a minute over an hour of the day. */
    LimitCase hour(String device, int hour, double value) {
        return fill(device, day + hour * HOUR, 60, value);
    }

    /** Values a minute from an instant on. */
    LimitCase fill(String device, long start, int minutes, double value) {
        for (int m = 0; m < minutes; m++) {
            put(device, start + m * MINUTE, value, Flag.N);
        }
        return this;
    }

    LimitCase hours(String device, int from, int to, double value) {
        for (int h = from; h < to; h++) {
            hour(device, h, value);
        }
        return this;
    }

    LimitCase background(int hour, double value) {
        county.add(
                new Observation.Background(
                        "130000/130100", day + hour * HOUR, HOUR, new Values(Map.of(Quantity.PM10, new Value(value, Flag.N)))),
                offset++);
        return this;
    }

    LimitCase backgrounds(int from, int to, double value) {
        for (int h = from; h < to; h++) {
            background(h, value);
        }
        return this;
    }

    Judgement at(double hours) {
        return judge.now(facts, day + Math.round(hours * HOUR));
    }

    Judgement sealed() {
        return judge.day(facts, day, site.dayEnd(day) + RuleJudge.LATENESS_MS).orElseThrow();
    }

    static List<String> codes(Judgement judgement) {
        return new ArrayList<>(judgement.reasons().stream().map(Reason::code).distinct().toList());
    }
}
