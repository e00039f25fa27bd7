package dustwarden.series;

import dustwarden.core.model.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every measurement, tag and field that a series store knows, by its name for ever; one type for a field.
 *
 * <p>Ids that grow without end are fields, never tags.
 */
public final class Schema {
    /** The bucket where no other is set. */
    public static final String BUCKET = "dust";

    public static final String REGION = "region";
    public static final String SITE = "site";
    public static final String DEVICE = "device";
    public static final String ITEM = "item";
    public static final String QUANTITY = "quantity";
    public static final String PERIOD = "period";
    public static final String PRIORITY = "priority";
    public static final String TRANSITION = "transition";
    public static final String GATE = "gate";
    public static final String UNIT = "unit";

    public static final String STATE = "state";
    public static final String LOW = "low";
    public static final String HIGH = "high";
    public static final String CAPTURE = "capture";
    public static final String MEAN = "mean";
    public static final String LIMIT = "limit";
    public static final String ID = "id";
    public static final String OPEN = "open";
    public static final String WASHED = "washed";
    public static final String COVERED = "covered";
    public static final String LOADED = "loaded";
    public static final String GOOD = "good";
    public static final String SHARE = "share";
    public static final String ONLINE = "online";
    public static final String RECORDING = "recording";
    public static final String BLOCKED = "blocked";
    public static final String MOVED = "moved";
    public static final String ON = "on";
    public static final String FLOW = "flow";
    public static final String LAG = "lag";

    /** The type of a field. */
    public enum Type {
        FLOAT,
        INTEGER,
        STRING
    }

    /** What is written, with its tags in order and its fields. */
    public enum Measurement {
        READING(List.of(REGION, SITE, Schema.DEVICE), quantities()),
        CHECKLIST(
                List.of(REGION, SITE, ITEM),
                Map.of(STATE, Type.INTEGER, LOW, Type.FLOAT, HIGH, Type.FLOAT, CAPTURE, Type.FLOAT)),
        MEAN(
                List.of(REGION, SITE, Schema.DEVICE, QUANTITY, PERIOD),
                Map.of(Schema.MEAN, Type.FLOAT, CAPTURE, Type.FLOAT, LIMIT, Type.FLOAT)),
        ALARM(List.of(REGION, SITE, ITEM, PRIORITY, TRANSITION), Map.of(ID, Type.STRING, OPEN, Type.INTEGER)),
        PASSAGE(
                List.of(REGION, SITE, GATE),
                Map.of(WASHED, Type.INTEGER, COVERED, Type.INTEGER, LOADED, Type.INTEGER)),
        UNIT(List.of(REGION, SITE, Schema.UNIT), Map.of(GOOD, Type.INTEGER, SHARE, Type.FLOAT)),
        CAMERA(
                List.of(REGION, SITE, Schema.DEVICE),
                Map.of(ONLINE, Type.INTEGER, RECORDING, Type.INTEGER, BLOCKED, Type.INTEGER, MOVED, Type.INTEGER)),
        SPRAY(List.of(REGION, SITE, Schema.DEVICE), Map.of(ON, Type.INTEGER, FLOW, Type.FLOAT)),
        DEVICE(List.of(REGION, SITE, Schema.DEVICE), Map.of(ONLINE, Type.INTEGER, LAG, Type.FLOAT));

        private final List<String> tags;
        private final Map<String, Type> fields;

        Measurement(List<String> tags, Map<String, Type> fields) {
            this.tags = tags;
            this.fields = fields;
        }

        /** The name in the store. */
        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public List<String> tags() {
            return tags;
        }

        public Map<String, Type> fields() {
            return fields;
        }

        private static Map<String, Type> quantities() {
            return Arrays.stream(Quantity.values()).collect(Collectors.toUnmodifiableMap(Quantity::wire, q -> Type.FLOAT));
        }
    }

    private Schema() {}
}
