package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.model.Device;
import dustwarden.core.model.Site;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How one site stands: its day in hand, its open alarms, its devices. */
final class SiteStanding {
    private static final int ALARMS_MAX = 10_000;
    private static final int DAYS_MAX = 400;

    /** @param lastRaised when it was raised the last time, epoch ms */
    record OpenAlarm(String priority, long lastRaised) {}

    /** Told of a day that ended. */
    interface DayEnd {
        void ended(SiteStanding standing, LocalDate day, long dayStart, SiteDay as);
    }

    private Site site;
    private final SiteDay day;
    private long dayStart;
    private long countedTo;
    private final TreeMap<String, OpenAlarm> alarms = new TreeMap<>();
    private final TreeMap<String, DeviceDay> devices = new TreeMap<>();

    /** A site that is seen for the first time. */
    SiteStanding(Site site, long at) {
        this(site, new SiteDay(new ItemStates()), site.dayStart(at), at);
    }

    private SiteStanding(Site site, SiteDay day, long dayStart, long countedTo) {
        this.site = site;
        this.day = day;
        this.dayStart = dayStart;
        this.countedTo = countedTo;
    }

    Site site() {
        return site;
    }

    void bind(Site now) {
        site = now;
    }

    SiteDay day() {
        return day;
    }

    long dayStart() {
        return dayStart;
    }

    LocalDate date() {
        return site.localDate(dayStart);
    }

    DeviceDay device(Device device) {
        return devices.computeIfAbsent(device.id(), k -> new DeviceDay(countedTo));
    }

    Map<String, OpenAlarm> alarms() {
        return alarms;
    }

    void open(String id, OpenAlarm alarm) {
        if (alarms.size() < ALARMS_MAX || alarms.containsKey(id)) {
            alarms.put(id, alarm);
        }
    }

    Optional<OpenAlarm> alarm(String id) {
        return Optional.ofNullable(alarms.get(id));
    }

    /** Adds the time up to an instant and ends the days that are over. */
    void advance(long to, boolean watched, DayEnd end) {
        for (int days = 0; to > countedTo; days++) {
            long dayEnd = site.dayEnd(dayStart);
            long until = Math.min(to, dayEnd);
            day.spend(until - countedTo, watched);
            count(until, watched);
            if (until < dayEnd) {
                return;
            }
            end.ended(this, date(), dayStart, day.ended(watched));
            day.nextDay();
            devices.values().forEach(DeviceDay::nextDay);
            dayStart = days < DAYS_MAX ? dayEnd : site.dayStart(to);
            countedTo = dayStart;
        }
    }

    private void count(long until, boolean watched) {
        countedTo = until;
        for (Device device : site.devices()) {
            if (watched) {
                device(device).count(until, device.validityMs());
            } else {
                device(device).skip(until);
            }
        }
    }

    ObjectNode json() {
        ObjectNode json = day.json();
        json.put("site", site.id()).put("dayStart", dayStart).put("counted", countedTo);
        ObjectNode open = json.putObject("alarms");
        alarms.forEach((id, a) -> open.putArray(id).add(a.priority()).add(a.lastRaised()));
        ObjectNode each = json.putObject("devices");
        devices.forEach((id, d) -> each.set(id, d.json()));
        return json;
    }

    static SiteStanding of(Site site, JsonNode json) {
        SiteStanding standing = new SiteStanding(
                site, SiteDay.of(json), json.path("dayStart").asLong(), json.path("counted").asLong());
        for (Map.Entry<String, JsonNode> e : json.path("alarms").properties()) {
            standing.alarms.put(e.getKey(), new OpenAlarm(e.getValue().get(0).asText(), e.getValue().get(1).asLong()));
        }
        for (Map.Entry<String, JsonNode> e : json.path("devices").properties()) {
            standing.devices.put(e.getKey(), DeviceDay.of(e.getValue()));
        }
        return standing;
    }
}
