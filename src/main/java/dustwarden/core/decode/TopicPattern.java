package dustwarden.core.decode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Topics of a maker's: levels as they are, {@code +} or <code>{name}</code> for any one, <code>switch:{name}</code>
 * for one that begins so, {@code **} first for one or more, {@code #} last for any number.
 */
record TopicPattern(String text, List<String> levels) {
    private static final int LEVELS_MAX = 16;
    private static final int TOPIC_LEVELS_MAX = 64;

    TopicPattern {
        levels = List.copyOf(levels);
    }

    /** @throws IllegalArgumentException with a sentence for people where the text is no pattern */
    static TopicPattern of(String text) {
        List<String> levels = List.of(text.split("/", -1));
        if (levels.size() > LEVELS_MAX) {
            throw new IllegalArgumentException("has more than " + LEVELS_MAX + " levels: " + text);
        }
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            boolean named = level.endsWith("}") && level.indexOf('{') >= 0;
            String plain = named ? level.substring(0, level.indexOf('{')) : level;
            boolean wild = level.equals("+") || level.equals("**") && i == 0 || level.equals("#") && i == levels.size() - 1;
            if (!wild && (plain.contains("+") || plain.contains("#") || plain.contains("*") || plain.contains("{"))
                    || named && level.length() - plain.length() < 3) {
                throw new IllegalArgumentException(
                        "wants whole levels, +, {name}, ** at its beginning or # at its end, got " + text);
            }
        }
        return new TopicPattern(text, levels);
    }

    /** The named levels where the topic is one of these. */
    Optional<Map<String, String>> match(String topic) {
        String[] given = topic.split("/", TOPIC_LEVELS_MAX);
        boolean anyStart = levels.get(0).equals("**");
        boolean anyEnd = levels.get(levels.size() - 1).equals("#");
        List<String> fixed = new ArrayList<>(levels.subList(anyStart ? 1 : 0, levels.size() - (anyEnd ? 1 : 0)));
        int first = anyStart ? 1 : 0;
        int last = anyStart ? given.length - fixed.size() : 0;
        for (int from = first; from <= last; from++) {
            if (anyEnd ? from + fixed.size() > given.length : from + fixed.size() != given.length) {
                continue;
            }
            Optional<Map<String, String>> names = names(fixed, given, from);
            if (names.isPresent()) {
                return names;
            }
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> names(List<String> fixed, String[] given, int from) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < fixed.size(); i++) {
            String level = fixed.get(i);
            String said = given[from + i];
            int brace = level.indexOf('{');
            if (brace >= 0) {
                if (!said.startsWith(level.substring(0, brace))) {
                    return Optional.empty();
                }
                names.put(level.substring(brace + 1, level.length() - 1), said.substring(brace));
            } else if (!level.equals("+") && !level.equals(said)) {
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }
}
