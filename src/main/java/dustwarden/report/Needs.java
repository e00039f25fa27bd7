package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Site;
import dustwarden.core.rule.BanRule;
import dustwarden.core.rule.DutyRule;
import dustwarden.core.rule.LimitRule;
import dustwarden.core.rule.PassagesRule;
import dustwarden.core.rule.Rule;
import dustwarden.core.rule.UnitsRule;
import dustwarden.report.Evidence.Decided;
import dustwarden.report.Evidence.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which of a site's entries bear on an alarm, besides those that its verdicts name.
 *
 * @param from received at this time or later, epoch ms
 * @param to received before
 * @param endOffset the last entry that can bear on it
 * @param means decisions on means that belong to it
 * @param devices whose state is shown
 */
record Needs(
        long from, long to, long endOffset, Predicate<Told> observations, Predicate<JsonNode> means, Set<String> devices) {
    private static final long MINUTE = 60_000;
    private static final long LATE = 11 * MINUTE;
    private static final long SCENE_MS = 120 * MINUTE;
    private static final Set<Quantity> WEATHER = Set.of(Quantity.RAIN, Quantity.TEMPERATURE, Quantity.WIND_SPEED);
    private static final long DAYS_MAX = 2 * 86_400_000L;

    boolean device(String id) {
        return devices.contains(id);
    }

    /** A window of a limit that was exceeded, as the alarm's reasons name it. */
    record Window(String device, long start, long end) {}

    static Needs of(Evidence alarm, long endOffset) {
        Optional<Rule> rule = alarm.rule();
        if (rule.isEmpty()) {
            return silence(alarm, endOffset);
        }
        return rule.get().accept(new Rule.Visitor<Needs>() {
            @Override
            public Needs units(UnitsRule r) {
                Set<String> devices = named(alarm.site(), d -> d.kind() == DeviceKind.CAMERA || d.kind() == DeviceKind.UNIT_SENSOR);
                // Cameras are judged by what they said through the day; other units by the reports that the verdict names.
                boolean cameras = r.subject() == UnitsRule.Subject.CAMERA;
                boolean cover = r.subject() == UnitsRule.Subject.COVER;
                return days(alarm, endOffset, devices, told -> told.observation() instanceof Observation.Status
                        || (cameras ? told.observation() instanceof Observation.Camera
                                : told.observation() instanceof Observation.UnitReport || cover && bearsOnFace(told)));
            }

            @Override
            public Needs passages(PassagesRule r) {
                Set<String> devices = named(alarm.site(), d -> d.gate().equals(Optional.of(alarm.subject())));
                return days(alarm, endOffset, devices, told ->
                        told.observation() instanceof Observation.Passage p && devices.contains(p.device()));
            }

            @Override
            public Needs duty(DutyRule r) {
                Set<String> sprays = named(alarm.site(), d -> d.suppresses().stream().anyMatch(r.activities()::contains));
                return works(alarm, endOffset, r.activities(), sprays);
            }

            @Override
            public Needs limit(LimitRule r) {
                return windows(alarm, endOffset, r);
            }

            @Override
            public Needs ban(BanRule r) {
                return works(alarm, endOffset, Set.of(Activity.values()), Set.of());
            }
        });
    }

    /** Windows that the alarm's transitions name as exceeded, each once, in order of time. */
    static List<Window> exceeded(Evidence alarm, LimitRule rule) {
        Set<String> seen = new TreeSet<>();
        List<Window> windows = new ArrayList<>();
        List<Decided> said = new ArrayList<>(alarm.transitions());
        said.addAll(alarm.decided("verdict"));
        long first = Long.MAX_VALUE;
        for (Decided d : said) {
            // Verdicts on the day before name windows that are not the alarm's.
            boolean own = d.type().equals("alarm");
            for (JsonNode reason : d.json().path("reasons")) {
                JsonNode p = reason.path("params");
                boolean its = reason.path("code").asText().equals("exceedance")
                        && p.path("device").asText().equals(alarm.subject());
                long start = its ? Evidence.millis(p.path("start").asText()) : 0;
                first = its && own ? Math.min(first, start) : first;
                if (its && (own || start >= first) && seen.add(p.path("start").asText())) {
                    long end = Math.min(start + rule.periodMs(), alarm.site().dayEnd(start));
                    windows.add(new Window(alarm.subject(), start, end));
                }
            }
        }
        windows.sort(java.util.Comparator.comparingLong(Window::start));
        return windows;
    }

    private static Needs windows(Evidence alarm, long endOffset, LimitRule rule) {
        List<Window> windows = exceeded(alarm, rule);
        Set<String> devices = rule.form() == LimitRule.Form.DOWNWIND_MINUS_UPWIND
                ? named(alarm.site(), d -> d.kind() == DeviceKind.MONITOR)
                : Set.of(alarm.subject());
        if (windows.isEmpty()) {
            return days(alarm, endOffset, devices, told -> false);
        }
        long from = windows.get(0).start() - MINUTE;
        long to = windows.get(windows.size() - 1).end() + Math.max(LATE, 3 * 3_600_000L);
        Predicate<Told> inside = told -> {
            Observation o = told.observation();
            if (o instanceof Observation.Background b) {
                return b.periodMs() == rule.periodMs() && windows.stream().anyMatch(w -> w.start() == b.ts());
            }
            return (o instanceof Observation.Reading || o instanceof Observation.Interval)
                    && devices.contains(o.device())
                    && windows.stream().anyMatch(w -> o.ts() >= w.start() && o.ts() < w.end());
        };
        String period = Duration.ofMillis(rule.periodMs()).toString();
        Predicate<JsonNode> means = m -> devices.contains(m.path("device").asText())
                && m.path("quantity").asText().equals(rule.quantity().wire())
                && m.path("period").asText().equals(period)
                && windows.stream().anyMatch(w -> w.start() == Evidence.millis(m.path("start").asText()));
        return new Needs(from, to, endOffset, inside, means, devices);
    }

    /** @param sprays ids of those that bind the dust of these activities */
    private static Needs works(Evidence alarm, long endOffset, Set<Activity> activities, Set<String> sprays) {
        Set<String> devices = named(alarm.site(), d -> sprays.contains(d.id()) || d.activity().filter(activities::contains).isPresent());
        return days(alarm, endOffset, devices, told -> sprays.contains(told.observation().device())
                || told.observation() instanceof Observation.Order || told.observation() instanceof Observation.Status
                || told.observation() instanceof Observation.Passage || blows(told)
                || told.observation() instanceof Observation.Running r && activities.contains(r.activity()))
                .since(SCENE_MS);
    }

    /** Work, water and bans decide what of a zone is an exempt face. */
    private static boolean bearsOnFace(Told told) {
        Observation o = told.observation();
        return o instanceof Observation.Running || o instanceof Observation.Spray || o instanceof Observation.Order
                || o instanceof Observation.Reading r && r.values().has(Quantity.WIND_SPEED);
    }

    private static boolean blows(Told told) {
        return told.observation() instanceof Observation.Reading r && WEATHER.stream().anyMatch(r.values()::has);
    }

    /** The same from so much earlier on, since what holds over midnight began before it. */
    private Needs since(long earlierMs) {
        return new Needs(from - earlierMs, to, endOffset, observations, means, devices);
    }

    /** Of the local day on which the alarm was raised, and until its end or its last occurrence. */
    private static Needs days(Evidence alarm, long endOffset, Set<String> devices, Predicate<Told> wanted) {
        long raised = alarm.raised().at("raisedAt");
        long from = alarm.site().dayStart(raised);
        long to = alarm.transitions().stream()
                .filter(t -> !t.json().has("person"))
                .mapToLong(t -> Math.min(t.at("at") + 1, from + DAYS_MAX)).max().orElse(raised);
        return new Needs(from, Math.max(to, raised + 1), endOffset, wanted, mean -> false, devices);
    }

    /** The last word before the silence, and the first after it. */
    private static Needs silence(Evidence alarm, long endOffset) {
        long since = alarm.raised().at("raisedAt");
        for (JsonNode reason : alarm.raised().json().path("reasons")) {
            if (reason.path("params").has("since")) {
                since = Evidence.millis(reason.path("params").path("since").asText());
            }
        }
        long last = since;
        return new Needs(
                last - MINUTE, last + MINUTE, endOffset, told -> told.observation().device().equals(alarm.subject()),
                mean -> false, Set.of(alarm.subject()));
    }

    private static Set<String> named(Site site, Predicate<Device> which) {
        return site.devices().stream().filter(which).map(Device::id).collect(Collectors.toCollection(TreeSet::new));
    }
}
