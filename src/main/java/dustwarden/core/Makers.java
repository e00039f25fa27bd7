package dustwarden.core;

import dustwarden.core.decode.Decoded;
import dustwarden.core.decode.OwnDecoder;
import dustwarden.core.decode.OwnTopic;
import dustwarden.core.decode.Profile;
import dustwarden.core.decode.ProfileDecoder;
import dustwarden.core.decode.Refusal;
import dustwarden.core.model.Device;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Register;
import dustwarden.core.model.Register.DeviceKey;
import dustwarden.core.model.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The devices that speak as their makers made them: whose a message is, by its topic or its own path over HTTP, and
 * what it becomes by the profile in force.
 */
public final class Makers {
    /** Where there are none. */
    public static final Makers NONE = new Makers(new Register(List.of()), Map.of());

    /** What a device's message, or one element of it, became. */
    public record Answer(Site site, Device device, Decoded decoded) {}

    private record Owner(Site site, Device device, Profile profile) {}

    /** One level of the topic filters; {@code rest} are those that end with {@code #} here. */
    private static final class Level {
        private final Map<String, Level> next = new HashMap<>();
        private final List<Owner> here = new ArrayList<>(0);
        private final List<Owner> rest = new ArrayList<>(0);
    }

    private final Register register;
    private final Map<String, Profile> profiles;
    private final Level root = new Level();
    private boolean any;

    /** @param profiles by id; a device whose profile is not among them speaks to nobody */
    public Makers(Register register, Map<String, Profile> profiles) {
        this.register = register;
        this.profiles = Map.copyOf(profiles);
        for (Site site : register.sites()) {
            for (Device device : site.devices()) {
                device.topic().ifPresent(filter -> owner(site, device).ifPresent(owner -> put(filter, owner)));
            }
        }
    }

    private Optional<Owner> owner(Site site, Device device) {
        return device.profile().flatMap(id -> Optional.ofNullable(profiles.get(id))).map(p -> new Owner(site, device, p));
    }

    private void put(String filter, Owner owner) {
        any = true;
        Level at = root;
        for (String level : filter.split("/", -1)) {
            if (level.equals("#")) {
                at.rest.add(owner);
                return;
            }
            at = at.next.computeIfAbsent(level, l -> new Level());
        }
        at.here.add(owner);
    }

    /**
     * What a message becomes for each device that it belongs to; empty where it is none of theirs.
     *
     * @param received epoch ms
     */
    public List<Answer> read(Entry.Message message, long received) {
        return read(message, received, (site, device) -> Map.of());
    }

    /**
     * As {@link #read(Entry.Message, long)}.
     *
     * @param names what a device's last birth on the message's topic called its aliases
     */
    public List<Answer> read(Entry.Message message, long received, BiFunction<Site, Device, Map<Long, String>> names) {
        List<Answer> answers = new ArrayList<>();
        Optional<String> topic = Optional.of(message.topic());
        List<Owner> owners;
        if (!message.topic().startsWith(OwnTopic.PREFIX)) {
            owners = any ? owners(message.topic()) : List.of();
        } else if (message.source() == Entry.Source.HTTP) {
            owners = pushing(message.topic());
            topic = Optional.empty();
        } else {
            return answers;
        }
        for (Owner owner : owners) {
            for (Decoded decoded : decode(owner, topic, message, received, names)) {
                Decoded told = message.retained() ? withoutOldNews(decoded, received) : decoded;
                answers.add(new Answer(owner.site(), owner.device(), told));
            }
        }
        return answers;
    }

    private static List<Decoded> decode(Owner owner, Optional<String> topic, Entry.Message message, long received,
            BiFunction<Site, Device, Map<Long, String>> names) {
        if (message.oversize().isPresent()) {
            return List.of(Refusal.TOO_LARGE.because("the payload has " + message.oversize().get().length()
                    + " bytes, at most " + OwnDecoder.PAYLOAD_BYTES_MAX + " are taken"));
        }
        return ProfileDecoder.decode(
                owner.profile(), owner.site(), owner.device(), topic, message.payload(), received,
                names.apply(owner.site(), owner.device()));
    }

    /** A retained message without a time of its own may be of any age, so only the word on being online stands. */
    private static Decoded withoutOldNews(Decoded decoded, long received) {
        if (!(decoded instanceof Decoded.Accepted accepted)) {
            return decoded;
        }
        List<Observation> dated = accepted.observations().stream()
                .filter(o -> o instanceof Observation.Status || o.ts() != received)
                .toList();
        return dated.size() == accepted.observations().size()
                ? accepted
                : new Decoded.Accepted(dated, accepted.tolerated(), Optional.of("retained, and without a time of its own"));
    }

    /** The devices that a message under a topic of their makers belongs to. */
    List<DeviceKey> hearers(String topic) {
        return any ? owners(topic).stream().map(o -> new DeviceKey(o.site().id(), o.device().id())).toList() : List.of();
    }

    /** Whether what is posted under a topic of ours is read by a maker's profile. */
    public boolean pushes(String topic) {
        return !pushing(topic).isEmpty();
    }

    private List<Owner> pushing(String topic) {
        if (!(OwnTopic.parse(topic).orElse(null) instanceof OwnTopic.OfDevice of)) {
            return List.of();
        }
        return register.site(of.site())
                .flatMap(site -> site.device(of.device()).flatMap(device -> owner(site, device)))
                .map(List::of)
                .orElseGet(List::of);
    }

    private List<Owner> owners(String topic) {
        List<Owner> found = new ArrayList<>(1);
        find(root, topic, 0, found);
        return found;
    }

    private static void find(Level level, String topic, int from, List<Owner> found) {
        found.addAll(level.rest);
        if (from > topic.length()) {
            found.addAll(level.here);
            return;
        }
        int slash = topic.indexOf('/', from);
        int end = slash < 0 ? topic.length() : slash;
        Level exact = level.next.get(topic.substring(from, end));
        if (exact != null) {
            find(exact, topic, end + 1, found);
        }
        Level one = level.next.get("+");
        if (one != null) {
            find(one, topic, end + 1, found);
        }
    }
}
