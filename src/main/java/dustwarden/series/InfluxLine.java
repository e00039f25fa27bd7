package dustwarden.series;

import dustwarden.series.Schema.Measurement;
import dustwarden.series.Schema.Type;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One point in InfluxDB's line protocol.
 *
 * @param region its tag, a path; empty where it has none
 * @param at its time, epoch ms
 */
record InfluxLine(Measurement measurement, String region, String text, long at) {
    private static final long NANOS_PER_MS = 1_000_000;

    InfluxLine {
        Objects.requireNonNull(text, "text");
    }

    static Builder of(Measurement measurement) {
        return new Builder(measurement);
    }

    /** Collects tags, then fields, checked against the schema; tags come in the schema's order. */
    static final class Builder {
        private final Measurement measurement;
        private final StringBuilder text = new StringBuilder(160);
        private String region = "";
        private int tags;
        private boolean fields;

        private Builder(Measurement measurement) {
            this.measurement = measurement;
            text.append(measurement.wire());
        }

        /** The next tag of the schema; an empty value is left out, which is how the protocol says that there is none. */
        Builder tag(String name, String value) {
            if (fields || tags >= measurement.tags().size() || !measurement.tags().get(tags).equals(name)) {
                throw new IllegalStateException(name + " is not tag " + tags + " of " + measurement.wire());
            }
            tags++;
            if (name.equals(Schema.REGION)) {
                region = value;
            }
            if (!value.isEmpty()) {
                text.append(',').append(name).append('=');
                escapeTag(value);
            }
            return this;
        }

        Builder field(String name, double value) {
            start(name, Type.FLOAT);
            text.append(value == 0 ? 0.0 : value);
            return this;
        }

        Builder field(String name, OptionalDouble value) {
            return value.isPresent() ? field(name, value.getAsDouble()) : this;
        }

        Builder field(String name, long value) {
            start(name, Type.INTEGER);
            text.append(value).append('i');
            return this;
        }

        Builder field(String name, String value) {
            start(name, Type.STRING);
            text.append('"');
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '"' || c == '\\') {
                    text.append('\\');
                }
                text.append(c < ' ' ? ' ' : c);
            }
            text.append('"');
            return this;
        }

        /** The line; empty where no field is known, since a point has at least one. */
        Optional<InfluxLine> at(long ms, long nanos) {
            if (tags != measurement.tags().size()) {
                throw new IllegalStateException("tags of " + measurement.wire() + " are missing after " + tags);
            }
            if (!fields) {
                return Optional.empty();
            }
            text.append(' ').append(Math.addExact(Math.multiplyExact(ms, NANOS_PER_MS), Math.floorMod(nanos, NANOS_PER_MS)));
            return Optional.of(new InfluxLine(measurement, region, text.toString(), ms));
        }

        private void start(String name, Type type) {
            if (measurement.fields().get(name) != type) {
                throw new IllegalStateException(name + " is no " + type + " of " + measurement.wire());
            }
            text.append(fields ? ',' : ' ').append(name).append('=');
            fields = true;
        }

        /** Line ends cannot be escaped, and a backslash before a separator is read in two ways: neither is written. */
        private void escapeTag(String value) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i) == '\\' ? '/' : value.charAt(i) < ' ' ? ' ' : value.charAt(i);
                if (c == ',' || c == '=' || c == ' ') {
                    text.append('\\');
                }
                text.append(c);
            }
        }
    }
}
