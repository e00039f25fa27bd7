package dustwarden.core.judge;

import dustwarden.core.model.Activity;
import dustwarden.core.model.Device;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Site;
import dustwarden.core.model.Values;
import dustwarden.core.rule.RuleHead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * All that is known of one site, in event time, for as long as a late report may change it.
 *
 * <p>Facts are put in as they come and read by judges that hold nothing; two orders of arrival leave the same facts.
 */
public final class SiteFacts {
    /** A report may come this late and still re-judge, epoch ms; facts are kept a day longer. */
    public static final long KEPT_MS = 31L * 86_400_000;

    /** What was measured this shortly before the registration was on its way then, and counts. */
    static final long ON_ITS_WAY_MS = 60_000;

    /** Minute data is shorter than this; an hour's or a day's mean is too coarse for any rule's own averaging. */
    private static final long INTERVAL_BELOW_MS = 3_600_000;

    private static final long FORKED_MS = 26L * 3_600_000;
    private static final long SETTLED_MS = 1_200_000;
    private static final long WEATHER_FULL_MS = 26L * 3_600_000;
    private static final long WEATHER_STEP_MS = 600_000;

    private transient Site site;
    private transient List<RegionFacts> regions = List.of();
    private transient Supplier<List<SiteFacts>> neighbours;
    private final long countsFrom;
    private long watchingSince;
    private final Spans absences = new Spans();
    private long absentSince = Long.MIN_VALUE;
    private final Map<String, DeviceFacts> devices = new TreeMap<>();
    private final Map<String, StateLine<CameraState>> cameras = new TreeMap<>();
    private final Map<String, StateLine<SprayState>> sprays = new TreeMap<>();
    private final Map<String, Map<Activity, Map<String, StateLine<Boolean>>>> running = new TreeMap<>();
    private final Map<String, Weather> weather = new TreeMap<>();
    private final Map<String, List<UnitFact>> units = new TreeMap<>();
    private final TreeMap<Long, List<PassageFact>> passages = new TreeMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private Windows windows;
    private long skewMax;

    /**
     * @param countsFrom when the site was first registered, epoch ms; time before counts in no window
     * @param specs the means that its rules use
     */
    public SiteFacts(Site site, long countsFrom, Set<Windows.Spec> specs) {
        this.site = site;
        this.countsFrom = countsFrom;
        this.watchingSince = countsFrom;
        this.windows = new Windows(specs, site.zone());
    }

    /** For a stored state that is read again: only. */
    @SuppressWarnings("unused")
    private SiteFacts() {
        this.countsFrom = 0;
    }

    /** Gives the facts their register entry and the regions above it, nearest first. */
    public void bind(Site itsSite, List<RegionFacts> above) {
        site = itsSite;
        regions = above;
    }

    public Site site() {
        return site;
    }

    /** Time before this counts in no window, epoch ms. */
    public long countsFrom() {
        return countsFrom;
    }

    /** The first instant that counts under a rule: the site was registered and the rule in force, epoch ms. */
    public long countsFrom(RuleHead rule) {
        return Math.max(countsFrom, rule.inForceFrom(site.zone()));
    }

    /** Gives the facts those of other sites in the nearest region, looked up when they are asked for. */
    public void neighbours(Supplier<List<SiteFacts>> others) {
        neighbours = others;
    }

    /** Facts of some other sites in the nearest region; they explain and judge nothing. */
    List<SiteFacts> neighbours() {
        return neighbours == null ? List.of() : neighbours.get();
    }

    /** Our own last start or link-up, epoch ms; silence is counted from here at the earliest. */
    public long watchingSince() {
        return watchingSince;
    }

    /** When we were away or cut off, up to {@code now}. */
    public Spans absences(long now) {
        if (absentSince != Long.MIN_VALUE) {
            absences.add(absentSince, now);
        }
        return absences;
    }

    public boolean watching() {
        return absentSince == Long.MIN_VALUE;
    }

    public DeviceFacts device(String id) {
        return devices.computeIfAbsent(id, k -> new DeviceFacts());
    }

    public StateLine<CameraState> camera(String device) {
        return cameras.computeIfAbsent(device, k -> new StateLine<>());
    }

    public StateLine<SprayState> spray(String device) {
        return sprays.computeIfAbsent(device, k -> new StateLine<>());
    }

    /** By zone, empty text where none was named, what a device reported of an activity. */
    public Map<String, StateLine<Boolean>> running(String device, Activity activity) {
        return running.getOrDefault(device, Map.of()).getOrDefault(activity, Map.of());
    }

    /** Devices that ever reported the activity. */
    public Collection<String> reportersOf(Activity activity) {
        List<String> found = new ArrayList<>();
        running.forEach((device, lines) -> {
            if (lines.containsKey(activity)) {
                found.add(device);
            }
        });
        return found;
    }

    public Weather weather(String monitor) {
        return weather.computeIfAbsent(monitor, k -> new Weather());
    }

    /** Reports on a unit in order of the instant that they count from. */
    public List<UnitFact> unit(String unit) {
        return units.getOrDefault(unit, List.of());
    }

    /** Passages that count from an instant in {@code [from, to)}, in order of it. */
    public List<PassageFact> passages(long from, long to) {
        List<PassageFact> found = new ArrayList<>();
        passages.subMap(from, true, to, false).values().forEach(found::addAll);
        return found;
    }

    public Windows windows() {
        return windows;
    }

    /** Regions above the site, nearest first, as far as anything was published for them. */
    public List<RegionFacts> regions() {
        return regions;
    }

    /** Filed outages of a device. */
    public List<Outage> outages(String device) {
        return outages.stream().filter(o -> o.device().equals(device)).toList();
    }

    /**
     * Takes in an accepted observation.
     *
     * @return the kinds of facts that it changed
     */
    public EnumSet<FactKind> apply(Observation observation, Device from, long received, long offset) {
        return apply(observation, from, received, offset, true);
    }

    /**
     * The same for what a broker may have kept.
     *
     * @param heard false where it was delivered with the retain flag: it is no sign of life
     */
    public EnumSet<FactKind> apply(Observation observation, Device from, long received, long offset, boolean heard) {
        EnumSet<FactKind> changed = heard ? hear(from, received) : EnumSet.noneOf(FactKind.class);
        long at = Math.min(observation.ts(), received);
        DeviceFacts sender = device(from.id());
        if (observation instanceof Observation.Reading r) {
            if (!from.judgedByMinutes()) {
                measured(from, r.ts(), 1, r.values(), received, offset, changed);
            }
        } else if (observation instanceof Observation.Interval i) {
            if (from.judgedByMinutes() && i.periodMs() < INTERVAL_BELOW_MS) {
                measured(from, i.ts(), i.periodMs(), i.values(), received, offset, changed);
            }
        } else if (observation instanceof Observation.Camera c) {
            CameraState said = new CameraState(c.online(), c.recording(), c.blocked(), c.moved());
            if (camera(from.id()).add(at, said, at + from.validityMs(), offset)) {
                changed.add(FactKind.CAMERA);
            }
        } else if (observation instanceof Observation.Spray s) {
            if (spray(from.id()).add(at, SprayState.of(s.on(), s.flow()), at + from.validityMs(), offset)) {
                changed.add(FactKind.SPRAY);
            }
        } else if (observation instanceof Observation.Running r) {
            boolean news = running.computeIfAbsent(from.id(), k -> new EnumMap<>(Activity.class))
                    .computeIfAbsent(r.activity(), k -> new TreeMap<>())
                    .computeIfAbsent(r.zone().orElse(""), k -> new StateLine<>())
                    .add(at, r.running(), at + from.validityMs(), offset);
            if (news) {
                changed.add(FactKind.ACTIVITY);
            }
        } else if (observation instanceof Observation.Passage p) {
            passages.computeIfAbsent(at, k -> new ArrayList<>(1))
                    .add(new PassageFact(p, from.gate().orElse(from.id()), received, offset, sender.skewMs(), sender.clockless()));
            changed.add(FactKind.PASSAGE);
        } else if (observation instanceof Observation.UnitReport u) {
            if (addUnit(new UnitFact(u, at, received, from.validityMs(), offset))) {
                changed.add(FactKind.UNIT);
            }
        }
        return changed;
    }

    /** Takes values in that hold for {@code spanMs} from {@code ts} on. */
    private void measured(
            Device from, long ts, long spanMs, Values values, long received, long offset, EnumSet<FactKind> changed) {
        DeviceFacts sender = device(from.id());
        if (sender.clockless()) {
            return;
        }
        boolean late = measured(from.id(), from, ts, spanMs, values, received, offset);
        if (sender.twinSince() != Long.MAX_VALUE) {
            late |= measured(twin(from.id()), from, ts - sender.skewMs(), spanMs, values, received, offset);
        }
        if (late) {
            changed.add(FactKind.WINDOW);
        }
        if (weather(from.id()).add(ts, values, from.everyMs())) {
            changed.add(FactKind.WEATHER);
        }
        if (weather(from.id()).windNews(ts, values)) {
            changed.add(FactKind.WIND);
        }
    }

    private boolean measured(
            String as, Device from, long ts, long spanMs, Values values, long received, long offset) {
        boolean[] late = {false};
        if (ts >= countsFrom - ON_ITS_WAY_MS) {
            values.forEach((quantity, value) -> late[0] |= windows.add(
                    as, quantity, from.everyMs(), ts, spanMs, value.number(), value.flag(), received, offset));
        }
        return late[0];
    }

    /** The name under which the values of a monitor stand by its corrected clock; no device can have it. */
    static String twin(String device) {
        return device + "~";
    }

    /** A device's clock is good from now on, or steadily off by so many ms, measured minus received. */
    public void clock(Device device, long skewMs, long received) {
        DeviceFacts facts = device(device.id());
        boolean first = facts.twinSince() == Long.MAX_VALUE;
        facts.skew(skewMs, received);
        if (first && skewMs != 0) {
            windows.fork(device.id(), twin(device.id()), received - FORKED_MS);
        }
        skewMax = Math.max(skewMax, Math.abs(skewMs));
    }

    /** A device has no clock from now on. */
    public void loseClock(Device device, long received) {
        device(device.id()).loseClock(received);
    }

    /** The most that any clock at the site was ever off, ms. */
    long skewMax() {
        return Math.min(skewMax, KEPT_MS);
    }

    /** A device was heard; tells whether it had been silent. */
    public EnumSet<FactKind> hear(Device from, long received) {
        DeviceFacts facts = device(from.id());
        EnumSet<FactKind> changed = EnumSet.noneOf(FactKind.class);
        if (!facts.heardAt(received)) {
            changed.add(FactKind.HEARD);
        }
        facts.hear(received, from.validityMs());
        return changed;
    }

    /** A device, or its will, said that it goes: nothing that it said counts from now on. */
    public EnumSet<FactKind> offline(Device from, long received) {
        device(from.id()).goOffline(received);
        camera(from.id()).cut(received);
        spray(from.id()).cut(received);
        running.getOrDefault(from.id(), Map.of())
                .values()
                .forEach(zones -> zones.values().forEach(line -> line.cut(received)));
        return EnumSet.of(FactKind.HEARD, FactKind.CAMERA, FactKind.SPRAY, FactKind.ACTIVITY);
    }

    public EnumSet<FactKind> file(Outage outage) {
        outages.add(outage);
        return EnumSet.of(FactKind.WATCH);
    }

    /** Our own eyes close (start of an absence) or open again, epoch ms. */
    public EnumSet<FactKind> watch(boolean up, long at) {
        if (up) {
            if (absentSince != Long.MIN_VALUE) {
                absences.add(absentSince, at);
                absentSince = Long.MIN_VALUE;
            }
            watchingSince = at;
        } else if (absentSince == Long.MIN_VALUE) {
            absentSince = at;
        }
        return EnumSet.of(FactKind.WATCH);
    }

    /** Replaces the windows when the rules of the site use other means now; what was summed for the same means stays. */
    public void use(Set<Windows.Spec> specs) {
        if (!windows.specs().equals(specs) || !windows.zone().equals(site.zone())) {
            windows = windows.with(specs, site.zone());
        }
    }

    /** Forgets what can change nothing any more; to be called now and then, at least daily. */
    public void settle(long now) {
        long forget = now - KEPT_MS;
        long before = now - SETTLED_MS;
        cameras.values().forEach(line -> line.compact(before, forget));
        sprays.values().forEach(line -> line.compact(before, forget));
        running.values().forEach(a -> a.values().forEach(z -> z.values().forEach(line -> line.compact(before, forget))));
        weather.values().forEach(w -> w.thin(now - WEATHER_FULL_MS, WEATHER_STEP_MS, forget));
        devices.values().forEach(d -> d.heard().forgetBefore(forget));
        absences.forgetBefore(forget);
        passages.headMap(forget).clear();
        windows.forgetBefore(forget);
        outages.removeIf(o -> o.to() < forget);
    }

    /** Adds a report; answers whether it says more than the newest one did. */
    private boolean addUnit(UnitFact fact) {
        List<UnitFact> all = units.computeIfAbsent(fact.report().unit(), k -> new ArrayList<>());
        int index = all.size();
        UnitFact newest = all.isEmpty() ? null : all.get(index - 1);
        boolean repeats = newest != null
                && newest.report().confirmed()
                && newest.report().source() == Observation.Source.SENSOR
                && sameVoice(newest, fact)
                && newest.at() + newest.validityMs() > fact.at()
                && newest.report().good() == fact.report().good()
                && newest.report().share() == fact.report().share()
                && newest.report().active() == fact.report().active()
                && fact.report().confirmed();
        while (index > 0 && after(all.get(index - 1), fact)) {
            index--;
        }
        all.add(index, fact);
        // A sensor repeats itself all day; of one voice only the newest reports can matter.
        if (all.size() > UNIT_REPORTS_MAX && all.stream().filter(f -> sameVoice(f, fact)).count() > UNIT_REPORTS_MAX) {
            Optional<UnitFact> oldest = all.stream().filter(f -> sameVoice(f, fact)).findFirst();
            oldest.ifPresent(all::remove);
        }
        return !repeats;
    }

    private static final int UNIT_REPORTS_MAX = 48;

    private static boolean after(UnitFact a, UnitFact b) {
        return a.at() > b.at() || a.at() == b.at() && a.offset() > b.offset();
    }

    private static boolean sameVoice(UnitFact a, UnitFact b) {
        return a.report().source() == b.report().source()
                && a.report().by() == b.report().by()
                && a.report().device().equals(b.report().device());
    }
}
