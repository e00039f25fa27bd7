package dustwarden.core.decode;

import dustwarden.core.model.Observation;
import dustwarden.core.model.Observation.Camera;
import dustwarden.core.model.Observation.Interval;
import dustwarden.core.model.Observation.Passage;
import dustwarden.core.model.Observation.Reading;
import dustwarden.core.model.Observation.Running;
import dustwarden.core.model.Observation.Spray;
import dustwarden.core.model.Observation.UnitReport;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Values;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A 64-bit hash of what an observation says, the same on every machine.
 *
 * <p>It is made from the decoded content, so the order of keys, white space, the writing of a number and fields that
 * are not known here make no difference.
 */
final class Fingerprint {
    private static final Quantity[] QUANTITIES = Quantity.values();
    private long state = 0x9E3779B97F4A7C15L;

    private Fingerprint() {}

    /** The key of an observation within its device and moment: stream, {@code unit}, passage, activity and zone. */
    static long key(Observation observation) {
        Fingerprint f = new Fingerprint();
        if (observation instanceof UnitReport u) {
            f.add("unit").add(u.unit());
        } else if (observation instanceof Passage p) {
            f.add("passage").add(p.id());
        } else if (observation instanceof Running r) {
            f.add("activity").add(r.activity().name()).add(r.zone());
        } else {
            f.add(observation instanceof Camera ? 1 : 2);
        }
        return f.state;
    }

    /** All that an observation says apart from its device and time. */
    static long body(Observation observation) {
        Fingerprint f = new Fingerprint();
        if (observation instanceof Reading r) {
            f.add(r.seq()).add(r.values());
        } else if (observation instanceof Interval i) {
            f.add(i.values());
        } else if (observation instanceof Camera c) {
            f.add(c.online()).add(c.recording()).add(c.blocked()).add(c.moved());
        } else if (observation instanceof Passage p) {
            f.add(p.direction()).add(p.vehicle()).add(p.plate()).add(p.loaded());
            f.add(p.cargo().map(Enum::name)).add(p.covered()).add(p.overfull());
            f.add(p.wash().seconds()).add(p.wash().pump()).add(p.wash().wheels()).add(p.bypass()).add(p.picture());
        } else if (observation instanceof UnitReport u) {
            f.add(u.good()).add(Double.doubleToLongBits(u.share())).add(u.active()).add(u.source());
            f.add(u.by()).add(u.confirmed()).add(u.picture());
        } else if (observation instanceof Running r) {
            f.add(r.running());
        } else if (observation instanceof Spray s) {
            f.add(s.on()).add(s.flow());
        } else {
            throw new IllegalArgumentException("is never a duplicate: " + observation.getClass().getSimpleName());
        }
        return f.state;
    }

    private Fingerprint add(Values values) {
        for (Quantity quantity : QUANTITIES) {
            if (values.has(quantity)) {
                Values.Value value = values.get(quantity);
                add(quantity.ordinal() * 16L + value.flag().ordinal());
                add(Double.doubleToLongBits(value.number()));
            }
        }
        return this;
    }

    private Fingerprint add(long number) {
        state = (state ^ number) * 0xBF58476D1CE4E5B9L;
        state ^= state >>> 29;
        state *= 0x94D049BB133111EBL;
        state ^= state >>> 32;
        return this;
    }

    private Fingerprint add(String text) {
        add(text.length());
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
        return this;
    }

    private Fingerprint add(Enum<?> word) {
        return add(word.ordinal());
    }

    private Fingerprint add(boolean truth) {
        return add(truth ? 1 : 0);
    }

    private Fingerprint add(Optional<String> text) {
        return text.isPresent() ? add(text.get()) : add(-1);
    }

    private Fingerprint add(OptionalDouble number) {
        return number.isPresent() ? add(1).add(Double.doubleToLongBits(number.getAsDouble())) : add(-1);
    }

    private Fingerprint add(OptionalLong number) {
        return number.isPresent() ? add(1).add(number.getAsLong()) : add(-1);
    }
}
