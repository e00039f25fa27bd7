package dustwarden.core.judge;

import dustwarden.core.model.Activity;
import dustwarden.core.model.Device;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Site;
import dustwarden.core.model.Values;
import dustwarden.core.rule.RuleHead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
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
    /** What is reported this late still finds its exact place; the day before is judged by all that was said. */
    private static final long FULL_MS = 26L * 3_600_000;
    private static final long WEATHER_STEP_MS = 600_000;

    private transient Site site;
    private transient List<RegionFacts> regions = List.of();
    private transient Map<RuleHead, Long> forceFrom = new IdentityHashMap<>(); // calendars are slow to read
    private transient Supplier<List<SiteFacts>> neighbours;
    private final long countsFrom;
    private long watchingSince;
    private final Spans absences;
    private long absentSince = Long.MIN_VALUE;
    private final Map<String, DeviceFacts> devices;
    /** The same, to be found faster; never walked through, since it has no order. */
    private final transient Map<String, DeviceFacts> byId;
    private final DeviceLines lines;
    private final UnitBook units;
    private final TreeMap<Long, List<PassageFact>> passages;
    private final List<Outage> outages;
    private final WorkFaces faces;
    private Windows windows;
    private long skewMax;
    private transient boolean corrected;

    /**
     * @param countsFrom when the site was first registered, epoch ms; time before counts in no window
     * @param specs the means that its rules use
     */
    public SiteFacts(Site site, long countsFrom, Set<Windows.Spec> specs) {
        this(countsFrom);
        this.site = site;
        this.watchingSince = countsFrom;
        this.windows = new Windows(specs, site.zone());
    }

    /** For a stored state that is read again: only. */
    @SuppressWarnings("unused")
    private SiteFacts() {
        this(0);
    }

    private SiteFacts(long countsFrom) {
        this.countsFrom = countsFrom;
        this.absences = new Spans();
        this.devices = new TreeMap<>();
        this.byId = new HashMap<>();
        this.lines = new DeviceLines();
        this.units = new UnitBook();
        this.passages = new TreeMap<>();
        this.outages = new ArrayList<>();
        this.faces = new WorkFaces();
    }

    /** The same facts seen by corrected clocks. */
    private SiteFacts(SiteFacts of) {
        this.site = of.site;
        this.regions = of.regions;
        this.forceFrom = of.forceFrom;
        this.neighbours = of.neighbours;
        this.countsFrom = of.countsFrom;
        this.watchingSince = of.watchingSince;
        this.absences = of.absences;
        this.absentSince = of.absentSince;
        this.devices = of.devices;
        this.byId = of.byId;
        this.lines = of.lines;
        this.units = of.units;
        this.passages = of.passages;
        this.outages = of.outages;
        this.faces = of.faces;
        this.windows = of.windows;
        this.skewMax = of.skewMax;
        this.corrected = true;
    }

    /**
     * The same facts by clocks as they should be: a verdict that is another one there hangs on a clock that is off. Means
     * and passages hold both times themselves and are the same in either.
     */
    public SiteFacts byCorrectedClocks() {
        return new SiteFacts(this);
    }

    /** Devices whose clock is or was steadily off, with how far it is off now, ms. */
    public SortedMap<String, Long> skews() {
        if (skewMax == 0) {
            return Collections.emptySortedMap();
        }
        TreeMap<String, Long> found = new TreeMap<>();
        devices.forEach((id, d) -> {
            if (d.twinSince() != Long.MAX_VALUE) {
                found.put(id, d.skewMs());
            }
        });
        return found;
    }

    /** Gives the facts their register entry and the regions above it, nearest first. */
    public void bind(Site itsSite, List<RegionFacts> above) {
        site = itsSite;
        regions = above;
        forceFrom = new IdentityHashMap<>();
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
        return forceFrom.computeIfAbsent(rule, r -> Math.max(countsFrom, r.inForceFrom(site.zone())));
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
        DeviceFacts known = byId.get(id);
        if (known == null) {
            known = devices.computeIfAbsent(id, k -> new DeviceFacts());
            byId.put(id, known);
        }
        return known;
    }

    public StateLine<CameraState> camera(String device) {
        return lines.camera(device, corrected);
    }

    public StateLine<SprayState> spray(String device) {
        return lines.spray(device, corrected);
    }

    /** By zone, empty text where none was named, what a device reported of an activity. */
    public Map<String, StateLine<Boolean>> running(String device, Activity activity) {
        return lines.running(device, activity, corrected);
    }

    /** Devices that ever reported the activity. */
    public Collection<String> reportersOf(Activity activity) {
        return lines.reportersOf(activity);
    }

    public Weather weather(String monitor) {
        return lines.weather(monitor, corrected);
    }

    /** Reports on a unit in order of the instant that they count from. */
    public List<UnitFact> unit(String unit) {
        return units.of(unit, corrected);
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
        return apply(observation, from, device(from.id()), received, offset, true);
    }

    /**
     * The same for what a broker may have kept.
     *
     * @param sender of {@link #device}
     * @param heard false where it was delivered with the retain flag: it is no sign of life
     */
    public EnumSet<FactKind> apply(
            Observation observation, Device from, DeviceFacts sender, long received, long offset, boolean heard) {
        EnumSet<FactKind> changed = heard ? hear(from, sender, received) : EnumSet.noneOf(FactKind.class);
        long at = Math.min(observation.ts(), received);
        if (observation instanceof Observation.Reading r) {
            if (!from.judgedByMinutes()) {
                measured(from, sender, r.ts(), 1, r.values(), received, offset, changed);
            }
        } else if (observation instanceof Observation.Interval i) {
            if (from.judgedByMinutes() && i.periodMs() < INTERVAL_BELOW_MS) {
                measured(from, sender, i.ts(), i.periodMs(), i.values(), received, offset, changed);
            }
        } else if (observation instanceof Observation.Camera c) {
            if (lines.take(c, from, sender, received, offset)) {
                changed.add(FactKind.CAMERA);
            }
        } else if (observation instanceof Observation.Spray s) {
            if (lines.take(s, from, sender, received, offset)) {
                changed.add(FactKind.SPRAY);
            }
        } else if (observation instanceof Observation.Running r) {
            if (lines.take(r, from, sender, received, offset)) {
                changed.add(FactKind.ACTIVITY);
            }
        } else if (observation instanceof Observation.Passage p) {
            passages.computeIfAbsent(at, k -> new ArrayList<>(1))
                    .add(new PassageFact(p, from.gate().orElse(from.id()), received, offset, sender.skewMs(), sender.clockless()));
            changed.add(FactKind.PASSAGE);
        } else if (observation instanceof Observation.UnitReport u) {
            if (units.add(new UnitFact(u, at, received, from.validityMs(), sender.skewMs(), offset))) {
                changed.add(FactKind.UNIT);
            }
        }
        return changed;
    }

    /** Takes values in that hold for {@code spanMs} from {@code ts} on. */
    private void measured(Device from, DeviceFacts sender, long ts, long spanMs, Values values, long received, long offset,
            EnumSet<FactKind> changed) {
        if (sender.clockless()) {
            return;
        }
        boolean late = measured(from.id(), from, ts, spanMs, values, received, offset);
        if (sender.twinSince() != Long.MAX_VALUE) {
            late |= measured(twin(from.id()), from, ts - sender.skewMs(), spanMs, values, received, offset);
            lines.weather(twin(from.id()), false).add(ts - sender.skewMs(), values, from.everyMs());
        }
        if (late) {
            changed.add(FactKind.WINDOW);
        }
        Weather weather = lines.weather(from, sender);
        if (weather.add(ts, values, from.everyMs())) {
            changed.add(FactKind.WEATHER);
        }
        if (weather.windNews(ts, values, from.validityMs())) {
            changed.add(FactKind.WIND);
        }
    }

    private boolean measured(
            String as, Device from, long ts, long spanMs, Values values, long received, long offset) {
        return ts >= countsFrom - ON_ITS_WAY_MS
                && windows.add(as, from.everyMs(), ts, spanMs, values, received, offset);
    }

    /** The name under which what a device says stands by its corrected clock; no device can have it. */
    static String twin(String device) {
        return device + DeviceLines.TWIN;
    }

    /** A device's clock is good from now on, or steadily off by so many ms, measured minus received. */
    public void clock(Device device, DeviceFacts facts, long skewMs, long received) {
        boolean first = facts.twinSince() == Long.MAX_VALUE;
        facts.skew(skewMs, received);
        if (first && skewMs != 0) {
            windows.fork(device.id(), twin(device.id()), received - FORKED_MS);
            lines.fork(device.id(), twin(device.id()));
        }
        skewMax = Math.max(skewMax, Math.abs(skewMs));
    }

    /** The most that any clock at the site was ever off, ms. */
    long skewMax() {
        return Math.min(skewMax, KEPT_MS);
    }

    /** A device was heard; tells whether it had been silent. */
    public EnumSet<FactKind> hear(Device from, DeviceFacts facts, long received) {
        EnumSet<FactKind> changed = EnumSet.noneOf(FactKind.class);
        if (!facts.heardAt(received)) {
            changed.add(FactKind.HEARD);
        }
        facts.hear(received, from.validityMs());
        return changed;
    }

    /** A device, or its will, said that it goes: nothing that it said counts from now on. */
    public EnumSet<FactKind> offline(Device from, DeviceFacts facts, long received) {
        facts.goOffline(received);
        lines.cut(from.id(), received);
        lines.cut(twin(from.id()), received);
        return EnumSet.of(FactKind.HEARD, FactKind.CAMERA, FactKind.SPRAY, FactKind.ACTIVITY);
    }

    public EnumSet<FactKind> file(Outage outage) {
        outages.add(outage);
        return EnumSet.of(FactKind.WATCH);
    }

    public WorkFaces faces() {
        return faces;
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
        lines.settle(now - FULL_MS, now - FULL_MS, WEATHER_STEP_MS, forget);
        devices.values().forEach(d -> d.heard().forgetBefore(forget));
        absences.forgetBefore(forget);
        passages.headMap(forget).clear();
        windows.forgetBefore(forget);
        outages.removeIf(o -> o.to() < forget);
        faces.forgetBefore(forget);
    }
}
