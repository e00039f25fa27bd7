package dustwarden.core;

import dustwarden.core.decode.Aliases;
import dustwarden.core.decode.Decoded;
import dustwarden.core.decode.Hj212Decoder;
import dustwarden.core.decode.OwnDecoder;
import dustwarden.core.decode.OwnTopic;
import dustwarden.core.model.Device;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An observation that the core took from an entry; an {@link Observation.Heard} where a maker's message or a frame had
 * none.
 *
 * @param site empty for what was published for a region
 * @param tolerated names of deviations of its frame that were tolerated; on the first observation of an entry only
 */
public record Taken(Observation observation, Optional<Site> site, Optional<Device> device, List<String> tolerated) {
    public Taken {
        tolerated = List.copyOf(tolerated);
    }

    /** An observation that nothing had to be tolerated for. */
    public Taken(Observation observation, Optional<Site> site, Optional<Device> device) {
        this(observation, site, device, List.of());
    }

    /** What a maker's message held for one device; that it was heard where there is nothing else, unless it was retained. */
    static List<Taken> of(Makers.Answer answer, Decoded.Accepted accepted, Entry.Message message) {
        return accepted.observations().isEmpty() && message.retained()
                ? List.of()
                : of(accepted, answer.site(), answer.device(), message.received());
    }

    private static List<Taken> of(Decoded.Accepted accepted, Site site, Device device, long received) {
        List<Observation> observations = accepted.observations().isEmpty()
                ? List.of(new Observation.Heard(site.id(), device.id(), received))
                : accepted.observations();
        List<Taken> found = new ArrayList<>(observations.size());
        for (Observation observation : observations) {
            found.add(new Taken(observation, Optional.of(site), Optional.of(device),
                    found.isEmpty() ? accepted.tolerated() : List.of()));
        }
        return found;
    }

    /** A rejection decision without an element refused all of its entry. */
    public static final int ALL = -1;

    /** As {@link #from(Entry, Content, Births, Set)} where no birth is known; metrics by alias alone are then left out. */
    public static List<Taken> from(Entry entry, Content content, Set<Integer> refused) {
        return from(entry, content, new Births(key -> new Aliases()), refused);
    }

    /**
     * Decodes an entry again, as a view does that reads the two logs, and leaves out what was refused.
     *
     * @param content what was in force at the entry
     * @param births what the entries before it named, as far as they were read
     * @param refused elements that rejection decisions of this entry name, {@link #ALL} for one that names none
     */
    public static List<Taken> from(Entry entry, Content content, Births births, Set<Integer> refused) {
        List<Taken> found = new ArrayList<>();
        if (refused.contains(ALL)) {
            return found;
        }
        if (entry instanceof Entry.Frame frame) {
            return ofFrame(frame, content, refused);
        }
        if (entry instanceof Entry.Message told) {
            List<Makers.Answer> makers = births.read(content.makers(), told, told.received());
            if (!makers.isEmpty()) {
                return ofMakers(makers, told, refused);
            }
        }
        if (!(entry instanceof Entry.Message message) || message.oversize().isPresent()) {
            return found;
        }
        Optional<OwnTopic> topic = OwnTopic.parse(message.topic());
        if (topic.isEmpty()) {
            return found;
        }
        Optional<Site> site = Optional.empty();
        Optional<Device> device = Optional.empty();
        if (topic.get() instanceof OwnTopic.OfDevice of) {
            site = content.register().site(of.site());
            device = site.flatMap(s -> s.device(of.device()));
        }
        List<Decoded> all =
                OwnDecoder.decode(content.register(), message.topic(), message.payload(), OptionalLong.empty(), message.received());
        for (int i = 0; i < all.size(); i++) {
            if (!refused.contains(i) && all.get(i) instanceof Decoded.Accepted accepted) {
                for (Observation observation : accepted.observations()) {
                    found.add(new Taken(observation, site, device));
                }
            }
        }
        return found;
    }

    private static List<Taken> ofMakers(List<Makers.Answer> answers, Entry.Message told, Set<Integer> refused) {
        List<Taken> found = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Makers.Answer answer = answers.get(i);
            if (!refused.contains(i) && answer.decoded() instanceof Decoded.Accepted accepted) {
                found.addAll(of(answer, accepted, told));
            }
        }
        return found;
    }

    private static List<Taken> ofFrame(Entry.Frame frame, Content content, Set<Integer> refused) {
        Hj212Decoder.Result result =
                Hj212Decoder.decode(frame.frame(), frame.note(), content.register(), frame.received());
        if (!(result.decoded() instanceof Decoded.Accepted accepted) || result.sender().isEmpty()) {
            return List.of();
        }
        Optional<Site> site = content.register().site(result.sender().get().site());
        Optional<Device> device = site.flatMap(s -> s.device(result.sender().get().device()));
        List<Taken> all = device.isEmpty() ? List.of() : of(accepted, site.get(), device.get(), frame.received());
        return IntStream.range(0, all.size()).filter(i -> !refused.contains(i)).mapToObj(all::get).toList();
    }
}
