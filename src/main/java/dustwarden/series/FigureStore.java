package dustwarden.series;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps figures in hand by their keys, together with a cursor, so that a restart goes on where they stood. */
interface FigureStore {
    /** A kept figure. */
    record Row(String key, String json) {}

    List<Row> under(String prefix);

    Optional<String> get(String key);

    /** Keeps a cursor and what changed since the last, both or neither. */
    void save(Cursor cursor, Map<String, String> changed, Optional<String> forgetDaysBefore);
}
