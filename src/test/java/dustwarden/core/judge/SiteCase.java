package dustwarden.core.judge;

import dustwarden.core.model.Activity;
import dustwarden.core.model.Claim;
import dustwarden.core.model.DatePeriod;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Gate;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Observation.Cargo;
import dustwarden.core.model.Observation.Direction;
import dustwarden.core.model.Observation.Passage;
import dustwarden.core.model.Observation.Vehicle;
import dustwarden.core.model.Observation.Wash;
import dustwarden.core.model.Observation.Wheels;
import dustwarden.core.model.Permit;
import dustwarden.core.model.Phase;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.RoadClass;
import dustwarden.core.model.Site;
import dustwarden.core.model.Text;
import dustwarden.core.model.Values;
import dustwarden.core.model.Work;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * A small site whose story a test tells: devices, what they say and when, in local time of 2026-03-14.
 *
 * <p>What was said is kept, so that the same facts can be put in again in another order.
 */
final class SiteCase {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final long MINUTE = 60_000;

    private final List<Device> devices = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();
    private final List<Phase> phases = new ArrayList<>();
    private final List<Permit> permits = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private final List<RegionFacts> regions = new ArrayList<>();
    private Set<String> trucks = Set.of();
    private long countsFrom = at("00:00");

    private record Said(String device, long received, Observation what) {}

    /** An instant of 2026-03-14, or of another day as {@code 03-13T23:55}. */
    static long at(String text) {
        String full = text.contains("T") ? "2026-" + text : "2026-03-14T" + text;
        return LocalDateTime.parse(full).atZone(ZONE).toInstant().toEpochMilli();
    }

    SiteCase countsFrom(String time) {
        countsFrom = at(time);
        return this;
    }

    SiteCase gate(String id, boolean wheelCamera) {
        gates.add(new Gate(id, wheelCamera, DatePeriod.ALWAYS));
        return this;
    }

    SiteCase gateDevice(String id, String gate) {
        return device(id, DeviceKind.GATE, Optional.of(gate), List.of(), Optional.empty());
    }

    SiteCase monitor(String id) {
        return device(id, DeviceKind.MONITOR, Optional.empty(), List.of(), Optional.empty());
    }

    SiteCase camera(String id) {
        return device(id, DeviceKind.CAMERA, Optional.empty(), List.of(), Optional.empty());
    }

    SiteCase spray(String id, Activity... suppresses) {
        return device(id, DeviceKind.SPRAY, Optional.empty(), List.of(suppresses), Optional.empty());
    }

    SiteCase sensor(String id, Activity activity) {
        return device(id, DeviceKind.ACTIVITY, Optional.empty(), List.of(), Optional.of(activity));
    }

    private SiteCase device(
            String id, DeviceKind kind, Optional<String> gate, List<Activity> suppresses, Optional<Activity> activity) {
        devices.add(new Device(id, kind, MINUTE, Optional.empty(), Optional.empty(), Optional.empty(), gate, List.of(),
                suppresses, activity, Optional.empty(), Optional.empty(), Optional.empty()));
        return this;
    }

    SiteCase phase(Work... works) {
        phases.add(new Phase(DatePeriod.ALWAYS, Set.of(works), OptionalDouble.empty()));
        return this;
    }

    SiteCase trucks(String... plates) {
        trucks = Set.of(plates);
        return this;
    }

    SiteCase permit(String from, String to) {
        permits.add(new Permit("night", at(from), at(to), "n-1"));
        return this;
    }

    SiteCase region(RegionFacts region) {
        regions.add(region);
        return this;
    }

    SiteCase say(String device, long received, Observation what) {
        said.add(new Said(device, received, what));
        return this;
    }

    /** A device shows that it lives, each minute of {@code [from, to)}. */
    SiteCase beat(String device, String from, String to) {
        for (long t = at(from); t < at(to); t += MINUTE) {
            say(device, t, new Observation.Status("s", device, t, true));
        }
        return this;
    }

    /** An activity reported each minute of {@code [from, to)}. */
    SiteCase work(String device, Activity activity, boolean running, String from, String to) {
        for (long t = at(from); t < at(to); t += MINUTE) {
            say(device, t, new Observation.Running("s", device, t, activity, Optional.empty(), running));
        }
        return this;
    }

    /** A spray reported each minute of {@code [from, to)}; a flow below 0 is no meter. */
    SiteCase water(String device, boolean on, double flow, String from, String to) {
        for (long t = at(from); t < at(to); t += MINUTE) {
            OptionalDouble litres = flow < 0 ? OptionalDouble.empty() : OptionalDouble.of(flow);
            say(device, t, new Observation.Spray("s", device, t, on, litres));
        }
        return this;
    }

    SiteCase weather(String device, Quantity quantity, double value, String from, String to) {
        for (long t = at(from); t < at(to); t += MINUTE) {
            Map<Quantity, Values.Value> values = new EnumMap<>(Quantity.class);
            values.put(quantity, new Values.Value(value, Flag.N));
            say(device, t, new Observation.Reading("s", device, t, OptionalLong.empty(), new Values(values)));
        }
        return this;
    }

    SiteCase pass(PassageMaker passage) {
        return say(passage.device, passage.received, passage.make());
    }

    Site site() {
        return new Site("s", new Text("工地", "site"), "410000/410700", Optional.empty(), ZONE, List.of("henan-seven"), List.of(),
                RoadClass.MAIN, true, false, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(),
                OptionalDouble.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), phases,
                permits, List.of(), gates, devices, trucks, "hash");
    }

    /** All that was received up to and at {@code now}. */
    SiteFacts facts(long now) {
        return facts(said.stream().filter(s -> s.received() <= now).toList());
    }

    /** The same in another order of arrival: each keeps when it was received, the entries come in another order. */
    SiteFacts shuffled(long now, long seed) {
        List<Said> mixed = new ArrayList<>(said.stream().filter(s -> s.received() <= now).toList());
        Collections.shuffle(mixed, new Random(seed));
        return facts(mixed);
    }

    private SiteFacts facts(List<Said> all) {
        SiteFacts facts = new SiteFacts(site(), countsFrom, Set.of());
        facts.bind(site(), regions);
        for (Said one : all) {
            Device device = site().device(one.device()).orElseThrow();
            facts.apply(one.what(), device, one.received(), said.indexOf(one));
        }
        return facts;
    }

    /** A passage to be: out, a truck, nothing known, unless said. */
    static final class PassageMaker {
        private final String device;
        private final long ts;
        private long received;
        private String id;
        private Direction direction = Direction.OUT;
        private Vehicle vehicle = Vehicle.TRUCK;
        private Optional<String> plate = Optional.empty();
        private Claim loaded = Claim.UNKNOWN;
        private Optional<Cargo> cargo = Optional.empty();
        private Claim covered = Claim.UNKNOWN;
        private Claim overfull = Claim.UNKNOWN;
        private Wash wash = Wash.UNKNOWN;
        private Claim bypass = Claim.UNKNOWN;

        PassageMaker(String device, String time) {
            this.device = device;
            this.ts = at(time);
            this.received = ts;
            this.id = device + "-" + time;
        }

        PassageMaker id(String given) {
            id = given;
            return this;
        }

        PassageMaker received(String time) {
            received = at(time);
            return this;
        }

        PassageMaker in() {
            direction = Direction.IN;
            return this;
        }

        PassageMaker vehicle(Vehicle kind) {
            vehicle = kind;
            return this;
        }

        PassageMaker plate(String text) {
            plate = Optional.of(text);
            return this;
        }

        PassageMaker load(Claim isLoaded, Cargo what) {
            loaded = isLoaded;
            cargo = Optional.ofNullable(what);
            return this;
        }

        PassageMaker covered(Claim is) {
            covered = is;
            return this;
        }

        PassageMaker overfull(Claim is) {
            overfull = is;
            return this;
        }

        PassageMaker bypass(Claim is) {
            bypass = is;
            return this;
        }

        /** Seconds below 0 are unknown. */
        PassageMaker wash(double seconds, Claim pump, Wheels wheels) {
            wash = new Wash(seconds < 0 ? OptionalDouble.empty() : OptionalDouble.of(seconds), pump, wheels);
            return this;
        }

        PassageMaker clean() {
            return wash(60, Claim.YES, Wheels.CLEAN);
        }

        Passage make() {
            return new Passage("s", device, ts, id, direction, vehicle, plate, loaded, cargo, covered, overfull, wash,
                    bypass, Optional.empty());
        }
    }

}
