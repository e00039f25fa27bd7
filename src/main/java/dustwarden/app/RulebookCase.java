package dustwarden.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dustwarden.core.Content;
import dustwarden.core.Core;
import dustwarden.core.Decision;
import dustwarden.core.DecisionJson;
import dustwarden.core.model.CanonicalJson;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Register;
import dustwarden.core.model.Site;
import dustwarden.core.model.SiteReader;
import dustwarden.core.rule.Rulebook;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One case that a rulebook brings to show what it means: a site, what is reported, and what must be decided.
 *
 * <p>Keys: {@code name}; {@code site}, what differs from a bare site {@value #SITE} with this rulebook alone;
 * {@code entries} as {@code judge} takes them; {@code until}; {@code expect}, parts of decisions that must come in this
 * order; {@code never}, parts of decisions that must not come. An entry's topic may leave out {@code dust/v1/} and the
 * site, its payload the {@code ts} (then it is {@code received}); {@code times} and {@code every} repeat it, with the
 * count for {@code {n}} in its texts.
 */
final class RulebookCase {
    static final String SITE = "case-site";

    private static final Set<String> KEYS = Set.of("name", "site", "entries", "until", "expect", "never");
    private static final int TIMES_MAX = 10_000;

    /** A case that cannot be run as it is written. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String sentence) {
            super(sentence);
        }
    }

    private final JsonNode json;
    private final Rulebook rulebook;

    RulebookCase(JsonNode json, Rulebook rulebook) {
        this.json = json;
        this.rulebook = rulebook;
    }

    String name() {
        return json.path("name").asText("(no name)");
    }

    /** Runs the case; what was missing or too much, one sentence each. */
    List<String> failures() {
        try {
            checkKeys();
            return failures(decisions());
        } catch (Unreadable e) {
            return List.of(e.getMessage());
        } catch (EntryLines.NotAnEntry e) {
            return List.of("entries: an entry " + e.getMessage());
        }
    }

    private void checkKeys() throws Unreadable {
        for (Iterator<String> keys = json.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!KEYS.contains(key)) {
                throw new Unreadable("has an unknown key " + key);
            }
        }
        if (json.path("expect").isEmpty() && json.path("never").isEmpty()) {
            throw new Unreadable("expects nothing: wants expect or never");
        }
        if (json.path("entries").isEmpty()) {
            throw new Unreadable("has no entries");
        }
    }

    private List<JsonNode> decisions() throws Unreadable, EntryLines.NotAnEntry {
        Site site = site();
        Content content = new Content(new Register(List.of(site)), Map.of(rulebook.id(), rulebook), site.zone());
        Core core = new Core(refs -> content);
        FrameSeal seal = FrameSeal.forOneRun();
        EntryLines lines = new EntryLines(seal::entry);
        List<JsonNode> decisions = new ArrayList<>();
        long offset = 0;
        for (JsonNode entry : entries()) {
            var read = lines.read(entry.toString());
            if (offset == 0) {
                core.prepare(List.of(), read.received());
            }
            written(core, core.step(offset++, read), decisions);
        }
        if (json.has("until")) {
            written(core, core.runUntil(time("until", json.get("until"))), decisions);
        }
        return decisions;
    }

    private static void written(Core core, List<Decision> made, List<JsonNode> decisions) {
        made.forEach(d -> decisions.add(CanonicalJson.parse(DecisionJson.write(d, core.zoneOf(d)))));
    }

    private Site site() throws Unreadable {
        ObjectNode site = JsonNodeFactory.instance.objectNode();
        site.put("site", SITE);
        site.putObject("name").put("zh", "算例工地").put("en", "Case site");
        site.put("region", rulebook.regions().stream().findFirst().orElse("anywhere"));
        site.put("zone", "Asia/Shanghai");
        if (json.path("site").isObject()) {
            site.setAll((ObjectNode) json.get("site"));
        }
        site.putArray("rulebook").add(rulebook.id());
        Problems problems = new Problems();
        Optional<Site> read = SiteReader.read(site, CanonicalJson.hash(site), problems);
        if (!problems.isEmpty()) {
            throw new Unreadable("site: " + problems.all().get(0));
        }
        return read.orElseThrow(() -> new Unreadable("site: does not read"));
    }

    private List<ObjectNode> entries() throws Unreadable {
        List<ObjectNode> all = new ArrayList<>();
        for (JsonNode entry : json.get("entries")) {
            int times = entry.path("times").asInt(1);
            if (times < 1 || times > TIMES_MAX || !entry.isObject()) {
                throw new Unreadable("entries: wants objects, times in 1.." + TIMES_MAX + ", got " + entry);
            }
            long received = time("received", entry.path("received"));
            long every = times == 1 ? 0 : duration(entry.path("every"));
            for (int n = 0; n < times; n++) {
                all.add(entry((ObjectNode) entry, received + n * every, n));
            }
        }
        all.sort((one, other) -> Long.compare(one.get("received").asLong(), other.get("received").asLong()));
        return all;
    }

    private static ObjectNode entry(ObjectNode written, long received, int n) {
        ObjectNode entry = (ObjectNode) numbered(written, n);
        entry.remove(List.of("times", "every"));
        entry.put("received", received);
        if (entry.has("topic")) {
            String topic = entry.get("topic").asText();
            entry.put("topic", topic.startsWith("dust/") ? topic : "dust/v1/" + SITE + "/" + topic);
        }
        if (entry.path("payload").isObject() && !entry.path("topic").asText().endsWith("/status")) {
            ObjectNode payload = (ObjectNode) entry.get("payload");
            if (!payload.has("ts") && !payload.has("from")) {
                payload.put("ts", received);
            }
        }
        return entry;
    }

    private static JsonNode numbered(JsonNode node, int n) {
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.fields().forEachRemaining(e -> copy.set(e.getKey(), numbered(e.getValue(), n)));
            return copy;
        }
        return node.isTextual() ? TextNode.valueOf(node.asText().replace("{n}", Integer.toString(n))) : node;
    }

    private static long time(String key, JsonNode text) throws Unreadable {
        try {
            return OffsetDateTime.parse(text.asText()).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new Unreadable(key + ": wants a time such as 2026-03-14T09:00:00+08:00, got " + text);
        }
    }

    private static long duration(JsonNode text) throws Unreadable {
        try {
            return Duration.parse(text.asText()).toMillis();
        } catch (DateTimeException e) {
            throw new Unreadable("every: wants a time such as PT1M beside times, got " + text);
        }
    }

    private List<String> failures(List<JsonNode> decisions) {
        List<String> failures = new ArrayList<>();
        int at = 0;
        for (JsonNode wanted : json.path("expect")) {
            int found = at;
            while (found < decisions.size() && !PartialJson.says(decisions.get(found), wanted)) {
                found++;
            }
            if (found == decisions.size()) {
                failures.add("missing " + wanted + " after decision " + at + " of " + decisions.size() + nearest(decisions, wanted));
                break;
            }
            at = found + 1;
        }
        for (JsonNode unwanted : json.path("never")) {
            decisions.stream()
                    .filter(d -> PartialJson.says(d, unwanted))
                    .findFirst()
                    .ifPresent(d -> failures.add("must not come: " + d));
        }
        return failures;
    }

    /** The last decision about the same thing, which tells best what is wrong. */
    private static String nearest(List<JsonNode> decisions, JsonNode wanted) {
        ObjectNode about = JsonNodeFactory.instance.objectNode();
        for (String key : List.of("type", "rule", "item", "subject", "device", "quantity")) {
            if (wanted.has(key)) {
                about.set(key, wanted.get(key));
            }
        }
        return decisions.stream()
                .filter(d -> PartialJson.says(d, about))
                .reduce((one, later) -> later)
                .map(d -> "; the last of its kind: " + d)
                .orElse("; none of its kind came");
    }
}
