package dustwarden.core.decode;

import dustwarden.core.decode.FieldSource.Type;
import dustwarden.core.decode.UnitScale.Dimension;
import dustwarden.core.model.DeviceKind.Stream;
import dustwarden.core.model.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields that an observation of each stream can have, as a profile may name them. */
final class ProfileFields {
    /** @param required whether there is no observation without it */
    record Kind(Type type, Dimension dimension, boolean required) {}

    private static final Kind TEXT = new Kind(Type.TEXT, Dimension.PLAIN, false);
    private static final Kind TRUTH = new Kind(Type.TRUTH, Dimension.PLAIN, false);
    private static final Kind TEXT_REQUIRED = new Kind(Type.TEXT, Dimension.PLAIN, true);
    private static final Kind TRUTH_REQUIRED = new Kind(Type.TRUTH, Dimension.PLAIN, true);
    static final Kind SEQ = new Kind(Type.NUMBER, Dimension.PLAIN, false);
    static final Kind FLAG = TEXT;

    private ProfileFields() {}

    static Kind of(Quantity quantity) {
        Dimension dimension = switch (quantity) {
            case PM10, PM25, TSP -> Dimension.MASS;
            case WIND_SPEED -> Dimension.SPEED;
            case TEMPERATURE -> Dimension.TEMPERATURE;
            case HUMIDITY -> Dimension.SHARE;
            case PRESSURE -> Dimension.PRESSURE;
            case RAIN -> Dimension.RAIN;
            case NOISE, WIND_DIRECTION -> Dimension.PLAIN;
        };
        return new Kind(Type.NUMBER, dimension, false);
    }

    /** By name, those of a reading apart; a dot leads into the object of that name. */
    static Map<String, Kind> of(Stream stream) {
        Map<String, Kind> fields = new LinkedHashMap<>();
        switch (stream) {
            case CAMERA -> {
                fields.put("online", TRUTH_REQUIRED);
                fields.put("recording", TRUTH);
                fields.put("blocked", TRUTH);
                fields.put("moved", TRUTH);
            }
            case PASSAGE -> {
                fields.put("id", TEXT_REQUIRED);
                fields.put("direction", TEXT_REQUIRED);
                fields.put("vehicle", TEXT);
                fields.put("plate", TEXT);
                fields.put("loaded", TRUTH);
                fields.put("cargo", TEXT);
                fields.put("covered", TRUTH);
                fields.put("overfull", TRUTH);
                fields.put("wash.seconds", new Kind(Type.NUMBER, Dimension.DURATION, false));
                fields.put("wash.pump", TRUTH);
                fields.put("wash.wheels", TEXT);
                fields.put("bypass", TRUTH);
                fields.put("picture", TEXT);
            }
            case UNIT -> {
                fields.put("unit", TEXT_REQUIRED);
                fields.put("good", TRUTH_REQUIRED);
                fields.put("share", new Kind(Type.NUMBER, Dimension.PLAIN, false));
                fields.put("active", TRUTH);
                fields.put("source", TEXT);
                fields.put("by", TEXT);
                fields.put("confirmed", TRUTH);
                fields.put("picture", TEXT);
            }
            case ACTIVITY -> {
                fields.put("activity", TEXT_REQUIRED);
                fields.put("running", TRUTH_REQUIRED);
                fields.put("zone", TEXT);
            }
            case SPRAY -> {
                fields.put("on", TRUTH_REQUIRED);
                fields.put("flow", new Kind(Type.NUMBER, Dimension.FLOW, false));
            }
            case STATUS -> fields.put("state", TEXT_REQUIRED);
            case READING -> fields.put("seq", SEQ);
        }
        return fields;
    }
}
