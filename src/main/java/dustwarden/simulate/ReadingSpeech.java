package dustwarden.simulate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Tells a monitor's measured values at each beat; on connecting it waits for its next beat. */
record ReadingSpeech(Beat beat, Map<String, DeviceScript.Measured> readings, Noise chance) implements Speech {

    ReadingSpeech {
        readings = Map.copyOf(readings);
    }

    @Override
    public void between(Instant from, Instant to, Mouth mouth) {
        beat.moments(from, to, at -> {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("seq", beat.number(at));
            body.put("values", values(at));
            mouth.say(at, "reading", body);
        });
    }

    @Override
    public void opening(Instant at, Mouth mouth) {
    }

    private Map<String, Object> values(Instant at) {
        LocalDateTime local = LocalDateTime.ofInstant(at, beat.zone());
        Map<String, Object> values = new TreeMap<>();
        readings.forEach((quantity, measured) -> {
            double noise = measured.noise() * chance.of(quantity).around(at.toEpochMilli());
            double value = measured.signal().at(local) * measured.scale() + measured.offset() + noise;
            values.put(quantity, BigDecimal.valueOf(Quantities.within(quantity, value))
                    .setScale(measured.decimals(), RoundingMode.HALF_UP));
        });
        return values;
    }
}
