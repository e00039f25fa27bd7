package dustwarden.app.bench;

import dustwarden.core.Content;
import dustwarden.core.ContentReader;
import dustwarden.core.Core;
import dustwarden.core.Decision;
import dustwarden.core.Entry;
import dustwarden.core.rule.RuleHead.Priority;
import dustwarden.notify.Quota;
import dustwarden.notify.Rehearsal;
import dustwarden.settings.Checked;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import dustwarden.simulate.Publication;
import dustwarden.simulate.ScenarioFile;
import dustwarden.simulate.ScenarioPlayer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * How many notices a person gets a day in a city of sites, on an ordinary day, on a recorded dust storm's and on the one after.
 *
 * <p>The real core judges all that the devices of {@link CitySites} report; what it finds due goes through the real quotas and
 * merging. A site's supervisor acknowledges what he is told a quarter of an hour later, at night in the morning.
 */
final class CityBench {
    private static final ZoneId ZONE = ContentReader.ZONE;
    /** The days that the recording's 14th, 15th and 16th of April 2015 are laid over; the storm comes on the second evening. */
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 14);
    private static final List<String> DAYS = List.of("ordinary", "storm", "day_after");
    /** A day before them that is not counted: what a city is told when it is new is no ordinary day. */
    private static final String NEW = "new";
    private static final Duration PAGE = Duration.ofMinutes(10);
    private static final Duration ACKNOWLEDGED_AFTER = Duration.ofMinutes(15);
    private static final int WAKES = 6;
    private static final int SLEEPS = 22;
    private static final int ROBOT_PER_MINUTE = 18;
    private static final int AIM = 10;

    /** What somebody does to an alarm, and when. */
    private record Handling(long at, String json) {}

    private final Path directory;
    private final int sites;
    private final Consumer<String> progress;
    private final PriorityQueue<Handling> handlings = new PriorityQueue<>(Comparator.comparingLong(Handling::at));
    private final Map<String, Boolean> urgent = new HashMap<>();
    /** What each person was due, by day and receiver; and which rules they were about. */
    private final Map<String, TreeMap<String, Integer>> due = new TreeMap<>();
    private final Map<String, TreeMap<String, Integer>> about = new TreeMap<>();
    private final Map<String, String> rules = new HashMap<>();
    private final Map<String, Integer> raised = new TreeMap<>();

    CityBench(Path directory, int sites, Consumer<String> progress) {
        this.directory = directory;
        this.sites = sites;
        this.progress = progress;
    }

    void run(Figures figures, Consumer<String> out) throws IOException {
        CitySites city = new CitySites(directory.resolve("city"), sites, 1);
        city.write();
        Checked<Contents> read = ContentLoader.load(ContentSources.of(city.register(), Optional.empty()), password -> "0".repeat(64));
        Contents contents = read.value().orElseThrow(() -> new IllegalStateException("a site of the city: " + read.problems().get(0)));
        Content content = contents.inForce();
        ScenarioPlayer player = new ScenarioPlayer(ScenarioFile.read(city.scenario()));
        Core core = new Core(refs -> content);
        long start = at(FIRST.minusDays(1), LocalTime.MIDNIGHT);
        core.prepare(contents.refs(), start);
        try (Rehearsal rehearsal = new Rehearsal(directory, quotas(content), () -> content, ZONE)) {
            long offset = 0;
            for (int day = -1; day < DAYS.size(); day++) {
                String name = day < 0 ? NEW : DAYS.get(day);
                progress.accept("a city of " + sites + " sites, day: " + name);
                Instant end = Instant.ofEpochMilli(at(FIRST.plusDays(day + 1L), LocalTime.MIDNIGHT));
                for (Instant page = Instant.ofEpochMilli(at(FIRST.plusDays(day), LocalTime.MIDNIGHT)); page.isBefore(end);
                        page = page.plus(PAGE)) {
                    for (Entry entry : entries(player, page)) {
                        for (Decision decision : core.step(++offset, entry)) {
                            take(decision, name, rehearsal);
                        }
                    }
                    rehearsal.until(page.plus(PAGE).toEpochMilli());
                }
            }
            tell(rehearsal.messages(), figures, out);
        }
    }

    private static long at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(ZONE).toInstant().toEpochMilli();
    }

    private static Map<String, Quota> quotas(Content content) {
        Map<String, Quota> quotas = new TreeMap<>();
        content.register().sites().forEach(site -> site.contacts().forEach(contact -> contact.channels().forEach(
                channel -> quotas.put(channel, Quota.of(ROBOT_PER_MINUTE, OptionalInt.empty(), OptionalInt.empty())))));
        return quotas;
    }

    private List<Entry> entries(ScenarioPlayer player, Instant page) {
        List<Entry> entries = new ArrayList<>();
        for (Publication each : player.between(page, page.plus(PAGE))) {
            long at = each.at().toEpochMilli();
            if (!lost(each)) {
                entries.add(new Entry.Message(at, Entry.Source.MQTT, each.topic(), each.payload(), false, Optional.empty()));
            }
        }
        long end = page.plus(PAGE).toEpochMilli();
        while (!handlings.isEmpty() && handlings.peek().at() < end) {
            Handling handling = handlings.poll();
            entries.add(new Entry.Act(Math.max(handling.at(), page.toEpochMilli()), handling.json()));
        }
        entries.sort(Comparator.comparingLong(Entry::received));
        return entries;
    }

    /** Whether the site's gateway is down: from ten in the morning on. */
    private static boolean lost(Publication each) {
        if (!each.site().startsWith("city-") || !CitySites.loses(Integer.parseInt(each.site().substring(5)))) {
            return false;
        }
        LocalTime time = each.at().atZone(ZONE).toLocalTime();
        return !time.isBefore(LocalTime.of(10, 0)) && time.isBefore(LocalTime.of(10, 0).plusMinutes(CitySites.GATEWAY_MINUTES));
    }

    private void take(Decision decision, String day, Rehearsal rehearsal) {
        if (decision instanceof Decision.Alarm alarm) {
            urgent.put(alarm.is().id(), alarm.is().priority() == Priority.HIGH);
            rules.put(alarm.is().id(), alarm.is().rule());
            if (alarm.is().transition().equals("raised")) {
                raised.merge(day, 1, Integer::sum);
            }
        } else if (decision instanceof Decision.Notice notice) {
            rehearsal.due(notice, urgent.getOrDefault(notice.alarm(), false));
            due.computeIfAbsent(day, d -> new TreeMap<>()).merge(notice.receiver(), 1, Integer::sum);
            if (notice.receiver().startsWith("Supervisor")) {
                about.computeIfAbsent(day, d -> new TreeMap<>())
                        .merge(rules.getOrDefault(notice.alarm(), "?") + " " + notice.transition(), 1, Integer::sum);
                acknowledge(notice);
            }
        }
    }

    private void acknowledge(Decision.Notice notice) {
        if (!List.of("raised", "flapping", "returned").contains(notice.transition())) {
            return;
        }
        Instant told = Instant.ofEpochMilli(notice.until().orElse(notice.at())).plus(ACKNOWLEDGED_AFTER);
        int hour = told.atZone(ZONE).getHour();
        LocalDate day = told.atZone(ZONE).toLocalDate().plusDays(hour >= SLEEPS ? 1 : 0);
        long at = hour >= WAKES && hour < SLEEPS ? told.toEpochMilli() : at(day, LocalTime.of(WAKES, 0));
        handlings.add(new Handling(at, "{\"act\":\"acknowledge\",\"alarm\":\"" + notice.alarm() + "\",\"person\":\""
                + notice.receiver() + "\"}"));
    }

    private void tell(List<Rehearsal.Message> messages, Figures figures, Consumer<String> out) {
        Map<String, TreeMap<String, Integer>> got = new TreeMap<>();
        for (Rehearsal.Message message : messages) {
            int day = (int) Math.floorDiv(message.at() - at(FIRST, LocalTime.MIDNIGHT), 86_400_000L);
            String name = day < 0 ? NEW : DAYS.get(Math.min(day, DAYS.size() - 1));
            message.receivers().forEach(r -> got.computeIfAbsent(name, d -> new TreeMap<>()).merge(r, 1, Integer::sum));
        }
        for (String day : DAYS) {
            figures.add("alarms_raised_" + day, raised.getOrDefault(day, 0), "1");
            List<Integer> supervisors = counts(got.get(day), "Supervisor", sites);
            spread(figures, "notices_a_supervisor_" + day, counts(due.get(day), "Supervisor", sites));
            spread(figures, "messages_a_supervisor_" + day, supervisors);
            figures.add("supervisors_below_" + AIM + "_messages_" + day,
                    supervisors.stream().filter(n -> n < AIM).count() / (double) supervisors.size(), "1");
            spread(figures, "messages_a_manager_" + day, counts(got.get(day), "Manager", sites));
            spread(figures, "messages_a_contractor_" + day, counts(got.get(day), "Contractor", CitySites.CONTRACTORS));
            spread(figures, "messages_an_inspector_" + day, counts(got.get(day), "Inspector", CitySites.DISTRICTS));
            about.getOrDefault(day, new TreeMap<>()).entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                    .forEach(e -> out.accept(String.format(Locale.ROOT, "  %-42s %,11d", e.getKey(), e.getValue())));
        }
    }

    /** What each of so many people of a role got, the fewest first; who got nothing counts too. */
    private static List<Integer> counts(Map<String, Integer> by, String role, int people) {
        List<Integer> counts = new ArrayList<>();
        Optional.ofNullable(by).orElse(Map.of()).forEach((receiver, n) -> {
            if (receiver.startsWith(role)) {
                counts.add(n);
            }
        });
        while (counts.size() < people) {
            counts.add(0);
        }
        counts.sort(Comparator.naturalOrder());
        return counts;
    }

    private static void spread(Figures figures, String name, List<Integer> counts) {
        figures.add(name + "_mean", counts.stream().mapToInt(Integer::intValue).average().orElse(0), "1");
        figures.add(name + "_p90", counts.get((int) Math.ceil(0.9 * counts.size()) - 1), "1");
        figures.add(name + "_max", counts.get(counts.size() - 1), "1");
    }
}
