package dustwarden.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells of vehicles at a gate: the day's traffic and the trucks that trouble sends.
 *
 * <p>Ids and plates are distinct within a day; both follow from the date and the place in the day's plan alone.
 */
record PassageSpeech(
        String gate, List<DeviceScript.Traffic> traffic, List<Trouble> troubles, ZoneId zone, Noise chance)
        implements Speech {

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int PLATES = 90_000;
    private static final int PLATE_STRIDE = 7919;   // has no divisor in common with PLATES
    private static final String PLATE_PREFIX = "豫A";

    PassageSpeech {
        traffic = List.copyOf(traffic);
        troubles = List.copyOf(troubles);
    }

    @Override
    public void between(Instant from, Instant to, Mouth mouth) {
        Mouth inWindow = (at, stream, body) -> {
            if (!at.isBefore(from) && at.isBefore(to)) {
                mouth.say(at, stream, body);
            }
        };
        LocalDate last = to.atZone(zone).toLocalDate().plusDays(1);
        for (LocalDate day = from.atZone(zone).toLocalDate().minusDays(1); !day.isAfter(last); day = day.plusDays(1)) {
            day(day, from, to, inWindow);
        }
    }

    @Override
    public void opening(Instant at, Mouth mouth) {
    }

    private void day(LocalDate day, Instant from, Instant to, Mouth mouth) {
        int place = 0;
        for (DeviceScript.Traffic one : traffic) {
            for (LocalDateTime slot = day.atTime(one.span().from());
                    slot.isBefore(day.atTime(one.span().to()));
                    slot = slot.plus(one.every())) {
                pass(day, place++, slot, one, mouth, from, to);
            }
        }
        for (Trouble trouble : troubles) {
            trouble(day, place++, trouble, mouth);
        }
    }

    private void pass(
            LocalDate day, int place, LocalDateTime slot, DeviceScript.Traffic one, Mouth mouth,
            Instant from, Instant to) {
        Duration most = one.jitter().plusSeconds(1);
        Instant planned = slot.atZone(zone).toInstant();
        if (planned.plus(most).isBefore(from) || planned.minus(most).isAfter(to)) {
            return;
        }
        Noise own = chance.of(day + "/" + place);
        Instant at = planned.plusMillis(Math.round(one.jitter().toMillis() * own.around(1)));
        Map<String, Object> body = head(day, place, one.direction(), one.vehicle(), one.plates());
        load(body, one.loaded(), one.cargo(), true);
        if (one.direction().equals("out")) {
            wash(body, one.washSecondsMin()
                    + own.below(one.washSecondsMax() - one.washSecondsMin() + 1L, 2), true, "clean");
        }
        mouth.say(at, "passage", body);
    }

    private void trouble(LocalDate day, int place, Trouble trouble, Mouth mouth) {
        if (trouble instanceof Trouble.UnwashedTruck truck) {
            Map<String, Object> body = head(day, place, "out", "truck", plates());
            load(body, true, "spoil", true);
            wash(body, 0, false, "dirty");
            mouth.say(moment(day, truck.at(), place), "passage", body);
        } else if (trouble instanceof Trouble.OpenLoad truck) {
            Map<String, Object> body = head(day, place, "out", "truck", plates());
            load(body, true, "spoil", false);
            wash(body, 75, true, "clean");
            mouth.say(moment(day, truck.at(), place), "passage", body);
        }
    }

    /** Up to half a minute after the time of day. */
    private Instant moment(LocalDate day, LocalTime time, int place) {
        return day.atTime(time).atZone(zone).toInstant()
                .plusMillis(chance.of(day + "/" + place).below(30_000, 1));
    }

    private String plates() {
        return traffic.isEmpty() ? PLATE_PREFIX : traffic.get(0).plates();
    }

    private Map<String, Object> head(LocalDate day, int place, String direction, String vehicle, String plates) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", gate + "-" + DAY.format(day) + "-" + String.format("%03d", place));
        body.put("direction", direction);
        body.put("vehicle", vehicle);
        long first = chance.of("plates").below(PLATES, day.toEpochDay());
        body.put("plate", plates + (10_000 + (first + (long) place * PLATE_STRIDE) % PLATES));
        return body;
    }

    private static void load(Map<String, Object> body, boolean loaded, String cargo, boolean covered) {
        body.put("loaded", loaded);
        body.put("cargo", loaded ? cargo : "none");
        if (loaded) {
            body.put("covered", covered);
            body.put("overfull", false);
        }
    }

    private static void wash(Map<String, Object> body, long seconds, boolean pump, String wheels) {
        Map<String, Object> wash = new LinkedHashMap<>();
        wash.put("seconds", seconds);
        wash.put("pump", pump);
        wash.put("wheels", wheels);
        body.put("wash", wash);
        body.put("bypass", false);
    }
}
