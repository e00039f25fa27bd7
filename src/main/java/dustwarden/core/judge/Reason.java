package dustwarden.core.judge;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why a verdict is what it is: a stable code and its parameters in a fixed order.
 *
 * <p>A parameter is a text, a {@code Long}, a {@code Double} or a list of texts. Nothing that changes with every tick
 * belongs here, since a changed reason is a new verdict. The map is stored with the state, so it is a plain one; its
 * holder must not change it.
 */
public record Reason(String code, SortedMap<String, Object> params) implements Comparable<Reason> {
    public Reason {
        params = new TreeMap<>(params);
    }

    /** @param keysAndValues name, value, name, value … */
    public static Reason of(String code, Object... keysAndValues) {
        TreeMap<String, Object> params = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            params.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Reason(code, params);
    }

    @Override
    public int compareTo(Reason other) {
        int byCode = code.compareTo(other.code);
        return byCode != 0 ? byCode : params.toString().compareTo(other.params.toString());
    }
}
