package dustwarden.settings;

import dustwarden.core.model.Contact;
import dustwarden.core.model.Device;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Site;
import dustwarden.core.model.Spelling;
import dustwarden.core.model.TopicFilter;
import dustwarden.core.rule.Rulebook;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks a site against everything else: rulebooks, profiles, channels, and the sites checked before it. */
final class SiteChecks {
    private final Map<String, Rulebook> books;
    private final List<String> profiles;
    private final Optional<Set<String>> channels;
    private final Map<String, String> deviceByMn = new HashMap<>();
    private final Map<String, Device> devicesWithTopic = new LinkedHashMap<>();

    SiteChecks(Map<String, Rulebook> books, List<String> profiles, Optional<Set<String>> channels) {
        this.books = books;
        this.profiles = profiles;
        this.channels = channels;
    }

    void check(Site site, Problems problems) {
        site.rulebooks().forEach(id -> rulebook(site, id, "$.rulebook", problems));
        site.shadow().forEach(id -> rulebook(site, id, "$.shadow", problems));
        for (int i = 0; i < site.contacts().size(); i++) {
            contact(site.contacts().get(i), "$.contacts[" + i + "].channels", problems);
        }
        for (int i = 0; i < site.devices().size(); i++) {
            device(site, site.devices().get(i), "$.devices[" + i + "]", problems);
        }
    }

    private void rulebook(Site site, String id, String path, Problems problems) {
        Rulebook book = books.get(id);
        if (book == null) {
            problems.add(path, "names " + id + ", which is no rulebook that could be read; "
                    + Spelling.advice(id, books.keySet()));
        } else if (book.kind() == Rulebook.Kind.LIMITS && !book.binds(site.region())) {
            problems.add(path, "names the limits " + id + ", which bind in " + String.join(", ", book.regions())
                    + ", not in " + site.region() + "; use those of the site's own region");
        }
    }

    private void contact(Contact contact, String path, Problems problems) {
        channels.ifPresent(known -> contact.channels().stream()
                .filter(name -> !name.equals("log") && !known.contains(name))
                .forEach(name -> problems.add(path, "names " + name + ", which notify.channels does not have; "
                        + Spelling.advice(name, withLog(known)))));
    }

    private static Set<String> withLog(Set<String> known) {
        Set<String> all = new TreeSet<>(known);
        all.add("log");
        return all;
    }

    private void device(Site site, Device device, String path, Problems problems) {
        String key = site.id() + "/" + device.id();
        device.hj212().ifPresent(hj212 -> {
            String other = deviceByMn.putIfAbsent(hj212.mn(), key);
            if (other != null) {
                problems.add(path + ".hj212.mn", "is " + hj212.mn() + ", as that of " + other);
            }
        });
        device.profile().filter(p -> !profiles.contains(p)).ifPresent(p -> problems.add(
                path + ".profile", "names " + p + ", which is no profile; " + Spelling.advice(p, profiles)));
        device.topic().ifPresent(topic -> {
            devicesWithTopic.forEach((owner, other) -> {
                boolean parts = device.part().isPresent() && other.part().isPresent() && !device.part().equals(other.part());
                String theirs = other.topic().orElseThrow();
                if (!parts && TopicFilter.overlap(topic, theirs)) {
                    problems.add(path + ".topic", "is " + topic + ", which meets " + theirs + " of " + owner);
                }
            });
            devicesWithTopic.put(key, device);
        });
    }
}
