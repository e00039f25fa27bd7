package dustwarden.broker;

import java.util.List;

/** An MQTT topic filter, well-formed, with {@code +} for one level and a last {@code #} for all that follow. */
public record TopicFilter(List<String> levels) {
    private static final int CHARS_MAX = 65_535;

    public TopicFilter {
        levels = List.copyOf(levels);
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            boolean last = i == levels.size() - 1;
            if (level.contains("#") && !(level.equals("#") && last)
                    || level.contains("+") && !level.equals("+")) {
                throw new IllegalArgumentException(
                        "topic filter " + String.join("/", levels) + " has a wildcard inside a level or before its end");
            }
        }
    }

    public static TopicFilter of(String text) {
        if (text.isEmpty() || text.length() > CHARS_MAX) {
            throw new IllegalArgumentException("a topic filter has 1 to 65535 characters, not " + text.length());
        }
        return new TopicFilter(List.of(text.split("/", -1)));
    }

    /** Whether every topic that {@code other} matches is matched by this one. */
    public boolean covers(TopicFilter other) {
        for (int i = 0; i < levels.size(); i++) {
            String mine = levels.get(i);
            if (mine.equals("#")) {
                return true;
            }
            if (i == other.levels.size()) {
                return false;
            }
            String theirs = other.levels.get(i);
            if (theirs.equals("#") || !mine.equals("+") && !mine.equals(theirs)) {
                return false;
            }
        }
        return levels.size() == other.levels.size();
    }

    @Override
    public String toString() {
        return String.join("/", levels);
    }
}
