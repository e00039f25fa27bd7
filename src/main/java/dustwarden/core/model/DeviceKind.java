package dustwarden.core.model;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The kind of a device, which decides the streams that it may send. */
public enum DeviceKind {
    MONITOR(Stream.READING),
    CAMERA(Stream.CAMERA, Stream.UNIT, Stream.PASSAGE, Stream.ACTIVITY),
    GATE(Stream.PASSAGE),
    UNIT_SENSOR(Stream.UNIT),
    SPRAY(Stream.SPRAY),
    ACTIVITY(Stream.ACTIVITY);

    /** The last level of a topic. */
    public enum Stream {
        READING,
        CAMERA,
        PASSAGE,
        UNIT,
        ACTIVITY,
        SPRAY,
        STATUS;

        private final String wire = name().toLowerCase(Locale.ROOT);

        public String wire() {
            return wire;
        }

        public static Optional<Stream> ofWire(String wire) {
            for (Stream stream : values()) {
                if (stream.wire().equals(wire)) {
                    return Optional.of(stream);
                }
            }
            return Optional.empty();
        }
    }

    private final Set<Stream> streams;
    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    DeviceKind(Stream first, Stream... rest) {
        EnumSet<Stream> set = EnumSet.of(first, rest);
        set.add(Stream.STATUS);
        streams = set;
    }

    public boolean sends(Stream stream) {
        return streams.contains(stream);
    }

    public String wire() {
        return wire;
    }

    public static Optional<DeviceKind> ofWire(String wire) {
        for (DeviceKind kind : values()) {
            if (kind.wire().equals(wire)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
