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

    public static final String SUPERVISION = "supervision";
    public static final String ACTIVITY = "activity";
    public static final String KIND = "kind";
    public static final String RUNNING = "running";
    public static final String COUNT = "count";
    public static final String SITES = "sites";
    public static final String COMPLIANT = "compliant";
    public static final String VIOLATION = "violation";
    public static final String UNKNOWN = "unknown";
    public static final String NAME = "name";
    public static final String NAME_EN = "nameEn";
    public static final String LATITUDE = "lat";
    public static final String LONGITUDE = "lon";
    public static final String SINCE = "since";
    public static final String URGENT = "urgent";
    public static final String VIOLATION_SHARE = "violationShare";
    public static final String UNKNOWN_SHARE = "unknownShare";
    public static final String AT = "at";
    public static final String DAYS = "days";
    public static final String RULE = "rule";
    public static final String SUBJECT = "subject";
    public static final String RAISED = "raised";
    public static final String OCCURRENCES = "occurrences";
    public static final String PEAK = "peak";
    public static final String TO_ACKNOWLEDGE = "toAcknowledge";
    public static final String TO_RECTIFY = "toRectify";
    public static final String TO_RETURN = "toReturn";
    public static final String TO_CLOSE = "toClose";
    public static final String ONLINE_SHARE = "onlineShare";
    public static final String LAG_MAX = "lagMax";
    public static final String REPORTS = "reports";
    public static final String LATE = "late";
    public static final String REJECTIONS = "rejections";
    public static final String FINDINGS = "findings";
    public static final String CLOCK = "clock";
    public static final String CALIBRATION_DUE = "calibrationDue";

    /** Which bucket a measurement belongs in where there are three; how long each is kept when we make it. */
    public enum Part {
        RAW("", 90),
        MEANS("_means", 2 * 365 + 1),
        VERDICTS("_verdicts", 10 * 365 + 3);

        private final String suffix;
        private final int days;

        Part(String suffix, int days) {
            this.suffix = suffix;
            this.days = days;
        }

        /** The name of its bucket where there are three. */
        public String bucket(String first) {
            return first + suffix;
        }

        public java.time.Duration kept() {
            return java.time.Duration.ofDays(days);
        }
    }

    /** The type of a field. */
    public enum Type {
        FLOAT,
        INTEGER,
        STRING
    }

    /** What is written, with its bucket, its tags in order and its fields. */
    public enum Measurement {
        READING(Part.RAW, List.of(Schema.REGION, Schema.SITE, Schema.DEVICE), quantities()),
        CHECKLIST(
                Part.VERDICTS,
                List.of(Schema.REGION, Schema.SITE, Schema.ITEM),
                Map.of(STATE, Type.INTEGER, LOW, Type.FLOAT, HIGH, Type.FLOAT, CAPTURE, Type.FLOAT)),
        MEAN(
                Part.MEANS,
                List.of(Schema.REGION, Schema.SITE, Schema.DEVICE, QUANTITY, PERIOD),
                Map.of(Schema.MEAN, Type.FLOAT, CAPTURE, Type.FLOAT, LIMIT, Type.FLOAT)),
        ALARM(
                Part.VERDICTS,
                List.of(Schema.REGION, Schema.SITE, Schema.ITEM, PRIORITY, TRANSITION),
                Map.of(ID, Type.STRING, OPEN, Type.INTEGER)),
        PASSAGE(
                Part.RAW,
                List.of(Schema.REGION, Schema.SITE, GATE),
                Map.of(WASHED, Type.INTEGER, COVERED, Type.INTEGER, LOADED, Type.INTEGER)),
        UNIT(Part.RAW, List.of(Schema.REGION, Schema.SITE, Schema.UNIT), Map.of(GOOD, Type.INTEGER, SHARE, Type.FLOAT)),
        CAMERA(
                Part.RAW,
                List.of(Schema.REGION, Schema.SITE, Schema.DEVICE),
                Map.of(ONLINE, Type.INTEGER, RECORDING, Type.INTEGER, BLOCKED, Type.INTEGER, MOVED, Type.INTEGER)),
        SPRAY(Part.RAW, List.of(Schema.REGION, Schema.SITE, Schema.DEVICE), Map.of(ON, Type.INTEGER, FLOW, Type.FLOAT)),
        DEVICE(Part.RAW, List.of(Schema.REGION, Schema.SITE, Schema.DEVICE), Map.of(ONLINE, Type.INTEGER, LAG, Type.FLOAT)),
        /** A point a day at its local midnight; without an item it is of whole sites. */
        REGION(
                Part.VERDICTS,
                List.of(Schema.REGION, Schema.ITEM),
                Map.of(SITES, Type.INTEGER, COMPLIANT, Type.INTEGER, VIOLATION, Type.INTEGER, UNKNOWN, Type.INTEGER,
                        SHARE, Type.FLOAT, CAPTURE, Type.FLOAT)),
        /** A point a day at its local midnight: how the site stands, and the shares of the day that its seven items spent. */
        SITE(
                Part.VERDICTS,
                List.of(Schema.REGION, Schema.SITE),
                Map.ofEntries(
                        Map.entry(NAME, Type.STRING), Map.entry(NAME_EN, Type.STRING),
                        Map.entry(LATITUDE, Type.FLOAT), Map.entry(LONGITUDE, Type.FLOAT),
                        Map.entry(STATE, Type.INTEGER), Map.entry(SINCE, Type.INTEGER), Map.entry(AT, Type.INTEGER),
                        Map.entry(VIOLATION, Type.INTEGER), Map.entry(UNKNOWN, Type.INTEGER),
                        Map.entry(OPEN, Type.INTEGER), Map.entry(URGENT, Type.INTEGER),
                        Map.entry(SHARE, Type.FLOAT), Map.entry(VIOLATION_SHARE, Type.FLOAT),
                        Map.entry(UNKNOWN_SHARE, Type.FLOAT), Map.entry(CAPTURE, Type.FLOAT))),
        /** A point a day and period (`7d`, `30d`, `90d`) at the local midnight: how the site's seven items spent the days to this one. */
        RANKING(
                Part.VERDICTS,
                List.of(Schema.REGION, Schema.SITE, PERIOD),
                Map.of(NAME, Type.STRING, NAME_EN, Type.STRING, DAYS, Type.INTEGER, SHARE, Type.FLOAT,
                        VIOLATION_SHARE, Type.FLOAT, UNKNOWN_SHARE, Type.FLOAT)),
        /** The state of an item at each change and once an hour, so that a chart need not look far back. */
        ITEM(
                Part.VERDICTS,
                List.of(Schema.REGION, Schema.SITE, Schema.ITEM),
                Map.of(STATE, Type.INTEGER, CAPTURE, Type.FLOAT)),
        /** One point an alarm at the time it was raised, its fields as they are now. */
        ALARM_RECORD(
                Part.VERDICTS,
                List.of(Schema.REGION, Schema.SITE, Schema.ITEM, PRIORITY, SUPERVISION),
                Map.ofEntries(
                        Map.entry(ID, Type.STRING), Map.entry(STATE, Type.STRING), Map.entry(OPEN, Type.INTEGER),
                        Map.entry(RULE, Type.STRING), Map.entry(SUBJECT, Type.STRING), Map.entry(RAISED, Type.INTEGER),
                        Map.entry(OCCURRENCES, Type.INTEGER), Map.entry(PEAK, Type.FLOAT), Map.entry(LIMIT, Type.FLOAT),
                        Map.entry(TO_ACKNOWLEDGE, Type.FLOAT), Map.entry(TO_RECTIFY, Type.FLOAT),
                        Map.entry(TO_RETURN, Type.FLOAT), Map.entry(TO_CLOSE, Type.FLOAT))),
        FINDING(Part.VERDICTS, List.of(Schema.REGION, Schema.SITE, Schema.DEVICE, KIND), Map.of(COUNT, Type.INTEGER)),
        /** A point a day at its local midnight: how a device kept its word that day. */
        DEVICE_DAY(
                Part.MEANS,
                List.of(Schema.REGION, Schema.SITE, Schema.DEVICE),
                Map.ofEntries(
                        Map.entry(KIND, Type.STRING), Map.entry(CLOCK, Type.STRING), Map.entry(ONLINE, Type.INTEGER),
                        Map.entry(ONLINE_SHARE, Type.FLOAT), Map.entry(LAG, Type.FLOAT), Map.entry(LAG_MAX, Type.FLOAT),
                        Map.entry(REPORTS, Type.INTEGER), Map.entry(LATE, Type.INTEGER),
                        Map.entry(REJECTIONS, Type.INTEGER), Map.entry(FINDINGS, Type.INTEGER),
                        Map.entry(CALIBRATION_DUE, Type.FLOAT))),
        ACTIVITY(Part.RAW, List.of(Schema.REGION, Schema.SITE, Schema.DEVICE, Schema.ACTIVITY), Map.of(RUNNING, Type.INTEGER)),
        /** What a region published, at each site for which it counts. */
        BACKGROUND(Part.MEANS, List.of(Schema.REGION, Schema.SITE, QUANTITY, PERIOD), Map.of(Schema.MEAN, Type.FLOAT));

        private final Part part;
        private final List<String> tags;
        private final Map<String, Type> fields;
        private final String wire = name().toLowerCase(java.util.Locale.ROOT);

        Measurement(Part part, List<String> tags, Map<String, Type> fields) {
            this.part = part;
            this.tags = tags;
            this.fields = fields;
        }

        /** The name in the store. */
        public String wire() {
            return wire;
        }

        public Part part() {
            return part;
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
