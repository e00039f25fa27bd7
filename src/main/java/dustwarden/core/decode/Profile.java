package dustwarden.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.DeviceKind.Stream;
import dustwarden.core.model.Text;
import java.util.List;
import java.util.Optional;

/**
 * How devices of one make speak, and what each of their messages becomes; read by {@link ProfileReader}.
 *
 * @param hash of its canonical JSON
 */
public record Profile(String id, Text title, List<Topic> topics, String hash) {
    public Profile {
        topics = List.copyOf(topics);
    }

    /**
     * What comes on topics of one pattern.
     *
     * @param each the elements that are read one by one; empty: the payload is one
     * @param part which of several things one payload speaks of, to be told apart by a device's {@code part}
     * @param times tried in turn; nothing there is the time of receipt
     * @param ignore why there is nothing for us, whatever it says
     */
    record Topic(
            TopicPattern pattern,
            PayloadTree.Kind payload,
            Optional<JsonPath> each,
            Optional<FieldSource> part,
            List<ProfileTime> times,
            List<Mapping> mappings,
            Optional<String> ignore) {
        Topic {
            times = List.copyOf(times);
            mappings = List.copyOf(mappings);
        }
    }

    /**
     * What a message becomes where all conditions hold.
     *
     * @param ignore why it becomes nothing; then there are no fields
     */
    record Mapping(List<Condition> when, Optional<String> ignore, Stream stream, List<Field> fields, List<ProfileTime> times) {
        Mapping {
            when = List.copyOf(when);
            fields = List.copyOf(fields);
            times = List.copyOf(times);
        }
    }

    /**
     * One field of an observation.
     *
     * @param keys where it stands in the payload of our own format, for example {@code values}, {@code pm10}
     */
    record Field(List<String> keys, FieldSource.Type type, boolean required, FieldSource source) {
        Field {
            keys = List.copyOf(keys);
        }

        String name() {
            return keys.get(keys.size() - 1);
        }

        Optional<JsonNode> value(Scope scope, ProfileNotes notes) {
            return source.value(name(), type, scope, notes);
        }
    }
}
