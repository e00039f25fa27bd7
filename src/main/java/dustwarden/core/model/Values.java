package dustwarden.core.model;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Flagged values by quantity, at least one, in the unit of each quantity. */
public final class Values {
    /** One value with its flag. */
    public record Value(double number, Flag flag) {
        public Value {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("a value is a finite number, got " + number);
            }
        }
    }

    private final EnumMap<Quantity, Value> byQuantity;

    public Values(Map<Quantity, Value> byQuantity) {
        if (byQuantity.isEmpty()) {
            throw new IllegalArgumentException("a reading has at least one value");
        }
        this.byQuantity = new EnumMap<>(byQuantity);
    }

    public boolean has(Quantity quantity) {
        return byQuantity.containsKey(quantity);
    }

    /** The value of a quantity that {@link #has} said is there. */
    public Value get(Quantity quantity) {
        Value value = byQuantity.get(quantity);
        if (value == null) {
            throw new IllegalArgumentException("no value of " + quantity);
        }
        return value;
    }

    public void forEach(BiConsumer<Quantity, Value> each) {
        byQuantity.forEach(each);
    }

    public int size() {
        return byQuantity.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Values that && byQuantity.equals(that.byQuantity);
    }

    @Override
    public int hashCode() {
        return byQuantity.hashCode();
    }

    @Override
    public String toString() {
        return byQuantity.toString();
    }
}
