package dustwarden.core.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.decode.Profile.Field;
import dustwarden.core.decode.Profile.Mapping;
import dustwarden.core.decode.Profile.Topic;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind.Stream;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * Reads payloads of makers with their profiles: each element is made into a payload of our own and read like one, so
 * ranges and names of refusals are the same. A stream that the device's kind does not send is left out.
 */
public final class ProfileDecoder {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String NOTHING = "nothing in it for us";
    private static final int NAMED_MAX = 8;
    private static final int NAMED = 2;

    private final OwnSender sender;
    private final Optional<String> part;
    private final ZoneId zone;
    private final long received;
    private final Map<Long, String> names;

    private ProfileDecoder(OwnSender sender, Optional<String> part, long received, Map<Long, String> names) {
        this.sender = sender;
        this.part = part;
        this.zone = sender.register().map(Site::zone).orElse(ZONE);
        this.received = received;
        this.names = names;
    }

    /**
     * What a registered device's payload becomes; nothing at all where it speaks of another part only.
     *
     * @param topic empty where it came by another way, so that every pattern of the profile may be meant
     * @param received epoch ms
     * @param names what an earlier birth of the device called its aliases
     */
    public static List<Decoded> decode(
            Profile profile, Site site, Device device, Optional<String> topic, byte[] payload, long received,
            Map<Long, String> names) {
        return new ProfileDecoder(OwnSender.of(site, device, received), device.part(), received, names)
                .decode(profile, topic, payload);
    }

    /** What a payload becomes where there is no register: every device, unit and time is taken. */
    public static List<Decoded> decodeAlone(Profile profile, Optional<String> topic, byte[] payload, long received) {
        OwnSender nobody = new OwnSender("site", "device", Optional.empty(), Optional.empty(), OptionalLong.empty());
        return new ProfileDecoder(nobody, Optional.empty(), received, Map.of()).decode(profile, topic, payload);
    }

    private List<Decoded> decode(Profile profile, Optional<String> topic, byte[] payload) {
        if (payload.length > OwnDecoder.PAYLOAD_BYTES_MAX) {
            return List.of(Refusal.TOO_LARGE.because("the payload has " + payload.length + " bytes, at most "
                    + OwnDecoder.PAYLOAD_BYTES_MAX + " are taken"));
        }
        if (topic.isEmpty()) {
            return anyTopic(profile, payload);
        }
        Optional<Decoded.Rejected> unreadable = Optional.empty();
        Optional<List<Decoded>> ignored = Optional.empty();
        int ignoredWorth = 0;
        for (Topic each : profile.topics()) {
            Optional<Map<String, String>> levels = each.pattern().match(topic.get());
            if (levels.isPresent() && !each.mappings().isEmpty()) {
                try {
                    List<Decoded> read = decode(each, levels.get(), Aliases.named(PayloadTree.read(each.payload(), payload), names));
                    if (worth(read, each.payload()) > NAMED || !read.stream().allMatch(Decoded.Accepted.class::isInstance)) {
                        return read;
                    }
                    int named = worth(read, each.payload());
                    if (ignored.isEmpty() || named > ignoredWorth) {
                        ignored = Optional.of(read);
                        ignoredWorth = named;
                    }
                } catch (PayloadTree.Unreadable e) {
                    // Another pattern may read the same topic as another kind of payload.
                    unreadable = unreadable.or(() -> Optional.of(e.rejected()));
                }
            } else if (levels.isPresent() && unreadable.isEmpty() && ignored.isEmpty()) {
                return List.of(ignored(each.ignore().orElse(NOTHING)));
            }
        }
        if (ignored.isPresent()) {
            return ignored.get();
        }
        return List.of(unreadable.orElseGet(() ->
                Refusal.WRONG_TOPIC.because("the topic is none that the profile " + profile.id() + " knows")));
    }

    /** The pattern by which most is observed; then the first that takes the payload; then the first refusal. */
    private List<Decoded> anyTopic(Profile profile, byte[] payload) {
        List<Decoded> best = List.of(Refusal.WRONG_TOPIC.because("the profile " + profile.id() + " has no topic"));
        int bestWorth = -1;
        for (Topic each : profile.topics()) {
            if (each.mappings().isEmpty()) {
                continue;
            }
            List<Decoded> tried;
            try {
                tried = decode(each, Map.of(), PayloadTree.read(each.payload(), payload));
            } catch (PayloadTree.Unreadable e) {
                tried = List.of(e.rejected());
            }
            int worth = worth(tried, each.payload());
            if (worth > NAMED && each.payload() == PayloadTree.Kind.TEXT && sender.register().isPresent()) {
                continue; // what a bare text says of a device, only its topic tells
            }
            if (worth > bestWorth) {
                best = tried;
                bestWorth = worth;
            }
        }
        return best;
    }

    /**
     * How much an answer tells: up to {@link #NAMED} nothing is observed, and the profile may name why. Plain text is
     * anything, so that nothing of it is understood tells nothing at all.
     */
    private static int worth(List<Decoded> tried, PayloadTree.Kind kind) {
        int observed = 0;
        int taken = 0;
        for (Decoded each : tried) {
            if (each instanceof Decoded.Accepted accepted) {
                observed += accepted.observations().size();
                boolean named = accepted.ignored().filter(why -> !why.startsWith(NOTHING)).isPresent();
                taken = Math.max(taken, named ? NAMED : kind == PayloadTree.Kind.TEXT ? 0 : 1);
            }
        }
        return observed > 0 ? NAMED + observed : taken;
    }

    private List<Decoded> decode(Topic topic, Map<String, String> levels, JsonNode root) {
        if (topic.each().isEmpty() && !root.isArray()) {
            return element(topic, new Scope(root, root, "", levels));
        }
        List<Map.Entry<String, JsonNode>> elements = topic.each().isPresent()
                ? topic.each().get().entries(root, OwnDecoder.ELEMENTS_MAX + 1)
                : JsonPath.of("$[*]").entries(root, OwnDecoder.ELEMENTS_MAX + 1);
        if (elements.isEmpty()) {
            return List.of(ignored(topic.ignore().orElse(NOTHING)));
        }
        if (elements.size() > OwnDecoder.ELEMENTS_MAX) {
            return List.of(Refusal.TOO_MANY.because("the payload has " + elements.size() + " elements, at most "
                    + OwnDecoder.ELEMENTS_MAX + " are taken"));
        }
        List<Decoded> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : elements) {
            all.addAll(element(topic, new Scope(root, each.getValue(), each.getKey(), levels)));
        }
        return all;
    }

    private List<Decoded> element(Topic topic, Scope scope) {
        ProfileNotes notes = new ProfileNotes();
        Optional<FieldSource> whose = topic.part();
        if (part.isPresent() && whose.isPresent()) {
            Optional<JsonNode> said = whose.get().value("part", FieldSource.Type.TEXT, scope, notes);
            if (said.isEmpty() || !said.get().asText().equals(part.get())) {
                return List.of();
            }
        }
        List<Observation> observations = new ArrayList<>();
        List<Decoded> refused = new ArrayList<>();
        for (Mapping mapping : topic.mappings()) {
            if (!mapping.when().stream().allMatch(c -> c.holds(scope))) {
                continue;
            }
            if (mapping.ignore().isPresent()) {
                if (observations.isEmpty() && refused.isEmpty() && notes.ignored().isEmpty()) {
                    return List.of(ignored(mapping.ignore().get()));
                }
                break;
            }
            if (sender.kind().isPresent() && !sender.kind().get().sends(mapping.stream())) {
                notes.dropped(mapping.stream().wire(), "a device of its kind does not send it");
                continue;
            }
            Optional<Decoded> made = observe(topic, mapping, scope, notes);
            made.ifPresent(decoded -> {
                if (decoded instanceof Decoded.Accepted accepted) {
                    observations.addAll(accepted.observations());
                    accepted.ignored().ifPresent(why -> notes.dropped(mapping.stream().wire(), why));
                } else {
                    refused.add(decoded);
                }
            });
        }
        if (topic.payload() == PayloadTree.Kind.SPARKPLUG) {
            Aliases.unnamed(scope.root(), notes);
        }
        if (!observations.isEmpty() || refused.isEmpty()) {
            Optional<String> why = notes.ignored();
            if (observations.isEmpty() && why.isPresent() && scope.element().isTextual() && notes.isUnread()) {
                return List.of(Refusal.WRONG_TYPE.because(why.get()));
            }
            if (observations.isEmpty() && why.isEmpty()) {
                why = Optional.of(topic.ignore().orElseGet(() -> nothing(scope.element())));
            }
            refused.add(new Decoded.Accepted(observations, notes.tolerated(), why));
        }
        return refused;
    }

    /** Empty where the message does not speak of the mapping's matter. */
    private Optional<Decoded> observe(Topic topic, Mapping mapping, Scope scope, ProfileNotes notes) {
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        boolean reading = mapping.stream() == Stream.READING;
        boolean any = false;
        for (Field field : mapping.fields()) {
            Optional<JsonNode> value = field.value(scope, notes);
            if (value.isPresent()) {
                any |= !reading || field.keys().get(0).equals("values");
                put(own, field.keys(), value.get());
            } else if (field.required() && mapping.when().isEmpty()) {
                return Optional.empty();
            }
        }
        if (reading && !any) {
            return Optional.empty();
        }
        if (mapping.stream() != Stream.STATUS) {
            OptionalLong ts = time(mapping.times().isEmpty() ? topic.times() : mapping.times(), scope);
            if (ts.isEmpty()) {
                return Optional.of(Refusal.WRONG_TYPE.because("the time is not written as the profile says"));
            }
            own.put("ts", ts.getAsLong());
        }
        return Optional.of(read(mapping.stream(), own));
    }

    private static void put(ObjectNode own, List<String> keys, JsonNode value) {
        ObjectNode at = keys.size() == 1 ? own : own.withObjectProperty(keys.get(0));
        at.set(keys.get(keys.size() - 1), value);
    }

    private OptionalLong time(List<ProfileTime> times, Scope scope) {
        boolean said = false;
        for (ProfileTime time : times) {
            Optional<JsonNode> there = scope.first(time.place());
            if (there.isPresent() && !there.get().asText("-").isBlank()) {
                said = true;
                OptionalLong read = time.read(there.get(), zone);
                if (read.isPresent()) {
                    return read;
                }
            }
        }
        return said ? OptionalLong.empty() : OptionalLong.of(received);
    }

    private Decoded read(Stream stream, ObjectNode own) {
        try (JsonParser parser = JsonBytes.parser(own.toString().getBytes(StandardCharsets.UTF_8))) {
            parser.nextToken();
            return new OwnElement(sender, stream).read(parser);
        } catch (IOException e) {
            return Refusal.NOT_UTF8.because("a text of the payload has half a surrogate pair, which is no character");
        }
    }

    private static String nothing(JsonNode element) {
        StringJoiner keys = new StringJoiner(", ", NOTHING + ": ", "");
        keys.setEmptyValue(NOTHING);
        int named = 0;
        for (Iterator<String> names = element.fieldNames(); names.hasNext() && named < NAMED_MAX; named++) {
            keys.add(ProfileNotes.clean(names.next()));
        }
        return keys.toString();
    }

    private static Decoded ignored(String why) {
        return new Decoded.Accepted(List.of(), List.of(), Optional.of(why));
    }
}
