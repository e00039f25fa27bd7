package dustwarden.series;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps nothing. */
final class NoFigures implements FigureStore {
    @Override
    public List<Row> under(String prefix) {
        return List.of();
    }

    @Override
    public Optional<String> get(String key) {
        return Optional.empty();
    }

    @Override
    public void save(Cursor cursor, Map<String, String> changed, Optional<String> forgetDaysBefore) {
        // Nothing asks for it again.
    }
}
