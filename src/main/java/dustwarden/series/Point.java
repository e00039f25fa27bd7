package dustwarden.series;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.DecisionJson;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One point of a series; {@code extra} is the flag of a raw value or the capture of a mean. */
record Point(String device, long at, double value, Extra extra) {
    private static final Comparator<Point> ORDER = Comparator.comparingLong(Point::at).thenComparing(Point::device);

    /** What stands beside a value. */
    sealed interface Extra {
        record Flagged(char flag) implements Extra {}

        record Captured(double capture) implements Extra {}
    }

    /** After which point a page goes on, as {@code at.device}. */
    record After(long at, String device) {
        static final After NOTHING = new After(Long.MIN_VALUE, "");

        static After of(Optional<String> cursor) {
            if (cursor.isEmpty()) {
                return NOTHING;
            }
            int dot = cursor.get().indexOf('.');
            try {
                return new After(Long.parseLong(cursor.get().substring(0, Math.max(0, dot))), cursor.get().substring(dot + 1));
            } catch (NumberFormatException e) {
                throw new Listed.CursorRefused(cursor.get());
            }
        }

        /** The earliest time that a device's next point may have. */
        long from(String itsDevice, long asked) {
            if (at == Long.MIN_VALUE) {
                return asked;
            }
            return Math.max(asked, itsDevice.compareTo(device) > 0 ? at : at + 1);
        }
    }

    /** Writes the first points by time and device under {@code points}, and {@code next} where there are more. */
    static ObjectNode page(List<Point> found, int limit, boolean more, ZoneId zone) {
        List<Point> points = new ArrayList<>(found);
        points.sort(ORDER);
        int count = Math.min(limit, points.size());
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("points");
        for (Point point : points.subList(0, count)) {
            ObjectNode each = array.addObject();
            each.put("device", point.device());
            each.put("t", DecisionJson.time(point.at(), zone));
            if (point.extra() instanceof Extra.Captured c) {
                each.put("mean", point.value());
                each.put("capture", c.capture());
            } else if (point.extra() instanceof Extra.Flagged f) {
                each.put("value", point.value());
                each.put("flag", String.valueOf(f.flag()));
            }
        }
        if (count > 0 && (more || count < points.size())) {
            Point last = points.get(count - 1);
            json.put("next", last.at() + "." + last.device());
        }
        return json;
    }
}
