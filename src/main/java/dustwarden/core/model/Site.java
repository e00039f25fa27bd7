package dustwarden.core.model;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A construction site as its file tells it: what it is, what must be in order, and what should report.
 *
 * @param region path of region nodes from the largest down, joined by {@code /}
 * @param zone the zone of its local day
 * @param rulebooks ids of the rulebooks that bind it
 * @param shadow ids of rulebooks that are only tried on it: their verdicts are marked and raise no alarm
 * @param perimeter metres; empty: the sum of its fences
 * @param linear metres of linear works
 * @param suppression what it has otherwise than the settings for sprays that run by themselves
 * @param hash SHA-256 (hex) of the file's canonical JSON
 */
public record Site(
        String id,
        Text name,
        String region,
        Optional<Position> position,
        ZoneId zone,
        List<String> rulebooks,
        List<String> shadow,
        RoadClass roadClass,
        boolean builtUp,
        boolean indoor,
        OptionalDouble perimeter,
        OptionalDouble area,
        OptionalDouble floorArea,
        OptionalDouble linear,
        Optional<Party> contractor,
        Optional<Party> owner,
        Optional<Party> supervision,
        List<Contact> contacts,
        List<Phase> phases,
        List<Permit> permits,
        List<SiteUnit> units,
        List<Gate> gates,
        List<Device> devices,
        Set<String> trucks,
        AlarmPlan alarms,
        SprayPlan suppression,
        String hash) {

    /** Degrees north and east, WGS 84. */
    public record Position(double latitude, double longitude) {}

    public Site {
        rulebooks = List.copyOf(rulebooks);
        shadow = List.copyOf(shadow);
        contacts = List.copyOf(contacts);
        phases = List.copyOf(phases);
        permits = List.copyOf(permits);
        units = List.copyOf(units);
        gates = List.copyOf(gates);
        devices = List.copyOf(devices);
        trucks = Set.copyOf(trucks);
    }

    /** A site whose file says nothing of how its alarms are handled. */
    public Site(String id, Text name, String region, Optional<Position> position, ZoneId zone, List<String> rulebooks,
            List<String> shadow, RoadClass roadClass, boolean builtUp, boolean indoor, OptionalDouble perimeter, OptionalDouble area,
            OptionalDouble floorArea, OptionalDouble linear, Optional<Party> contractor, Optional<Party> owner,
            Optional<Party> supervision, List<Contact> contacts, List<Phase> phases, List<Permit> permits, List<SiteUnit> units,
            List<Gate> gates, List<Device> devices, Set<String> trucks, String hash) {
        this(id, name, region, position, zone, rulebooks, shadow, roadClass, builtUp, indoor, perimeter, area, floorArea, linear,
                contractor, owner, supervision, contacts, phases, permits, units, gates, devices, trucks, AlarmPlan.NONE,
                SprayPlan.NONE, hash);
    }

    public Optional<Device> device(String deviceId) {
        return devices.stream().filter(d -> d.id().equals(deviceId)).findFirst();
    }

    public Optional<SiteUnit> unit(String unitId) {
        return units.stream().filter(u -> u.id().equals(unitId)).findFirst();
    }

    /** Whether it lies in the region of a node, anywhere on its path. */
    public boolean within(String node) {
        return ("/" + region + "/").contains("/" + node + "/");
    }

    public LocalDate localDate(long at) {
        return LocalDay.of(zone, at).date();
    }

    /** Start of the local day that holds {@code at}, epoch ms. */
    public long dayStart(long at) {
        return LocalDay.of(zone, at).start();
    }

    /** End of the local day that holds {@code at}, epoch ms, exclusive. */
    public long dayEnd(long at) {
        return LocalDay.of(zone, at).end();
    }

    /** The works planned on a date; empty when the site has no phases, where everything applies. */
    public Optional<Set<Work>> worksOn(LocalDate date) {
        if (phases.isEmpty()) {
            return Optional.empty();
        }
        Set<Work> works = EnumSet.noneOf(Work.class);
        phases.stream().filter(p -> p.period().contains(date)).forEach(p -> works.addAll(p.works()));
        return Optional.of(works);
    }

    /**
     * Whether the file says that the site is closed on a date. A plan of phases that has ended does not: bare soil goes on
     * raising dust, and a plan that nobody brought up to date must not silence an alarm.
     */
    public boolean closedOn(LocalDate date) {
        for (DatePeriod period : alarms.closed()) {
            if (period.contains(date)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the plan has one of the works on a date; always true of a site without phases. */
    public boolean planned(LocalDate date, Set<Work> any) {
        for (Phase phase : phases) {
            if (phase.period().contains(date) && !Collections.disjoint(phase.works(), any)) {
                return true;
            }
        }
        return phases.isEmpty();
    }
}
