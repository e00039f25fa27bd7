package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Content;
import dustwarden.core.Entry;
import dustwarden.core.Entry.ContentRef;
import dustwarden.core.decode.OwnTopic;
import dustwarden.core.model.Site;
import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import dustwarden.report.Evidence.Told;
import dustwarden.series.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/** Finds in a ledger what proves an alarm: its decisions, and of its site's entries those that bear on it. */
final class EvidenceSource {
    static final int ENTRIES_MAX = 20_000;
    private static final int DECISIONS_MAX = 20_000;
    private static final int VERDICTS_MAX = 300;
    private static final long SCANNED_MAX = 4_000_000;
    private static final String OWN = "dust/v1/";
    private static final long MINUTE = 60_000;
    private static final long FINDINGS_MS = 30 * 86_400_000L;
    private static final int PAGE = 500;

    /**
     * What was found.
     *
     * @param listing the entry that put the content in force
     * @param refs what of that content concerns the site
     * @param cut whether more bears on it than a bundle holds
     */
    record Found(Evidence evidence, StoredEntry listing, List<ContentRef> refs, Map<String, byte[]> contents, boolean cut) {}

    private final LedgerReading ledger;
    private final String site;
    private final String id;
    private final LongConsumer taken;
    private final TreeMap<Long, StoredDecision> decisions = new TreeMap<>();
    private final TreeMap<Long, StoredEntry> entries = new TreeMap<>();
    private boolean cut;
    private Content restricted;

    /** @param taken told the offset of each entry that is found, right after its block was read */
    EvidenceSource(LedgerReading ledger, String site, String alarm, LongConsumer taken) {
        this.taken = taken;
        this.ledger = ledger;
        this.site = site;
        this.id = alarm;
    }

    /** @param raisedAt epoch ms; empty where the ledger has no such alarm */
    Optional<Found> find(long raisedAt) {
        List<StoredDecision> transitions = own("alarm", raisedAt, ledger.position().nextDecision(), "id");
        if (transitions.isEmpty()) {
            return Optional.empty();
        }
        StoredDecision raised = transitions.get(0);
        StoredDecision last = transitions.get(transitions.size() - 1);
        boolean closed = Json.parse(last.json()).path("state").asText().equals("closed");
        long endOffset = closed ? last.offset() : ledger.position().applied() - 1;
        long endNumber = closed ? ledger.firstDecisionAt(last.offset() + 1) : ledger.position().nextDecision();
        StoredEntry listing = ledger.proofs().listing(raised.offset()).orElseThrow();
        List<ContentRef> all = listing.entry() instanceof Entry.Resumed r
                ? r.contents()
                : ((Entry.Changed) listing.entry()).contents();
        Function<String, String> json = hash -> new String(ledger.content(hash).orElseThrow(), StandardCharsets.UTF_8);
        List<ContentRef> refs = SiteContent.of(site, all, json);
        Content content = SiteContent.read(refs, json);
        Site its = content.register().site(site).orElseThrow();
        Evidence bare = new Evidence(id, its, content, List.of(), transitions, OptionalLong.empty());
        own("notice", raisedAt, endNumber, "alarm");
        restricted = content;
        bare.decided("alarm").forEach(d -> offset(d.offset()));
        verdicts(bare, raised, its.dayStart(raisedAt), endNumber);
        Needs needs = Needs.of(bare, endOffset);
        page("mean", needs.from(), endNumber, d -> needs.means().test(Json.parse(d.json())));
        page("finding", raisedAt - FINDINGS_MS, endNumber, d -> needs.device(Json.parse(d.json()).path("device").asText()));
        scan(content, needs);
        page("rejection", needs.from() - MINUTE, endNumber, d -> entries.containsKey(d.offset()));
        Map<String, byte[]> contents = new LinkedHashMap<>();
        refs.forEach(ref -> contents.put(ref.sha256(), ledger.content(ref.sha256()).orElseThrow()));
        Evidence evidence = new Evidence(
                id, its, content, List.copyOf(entries.values()), List.copyOf(decisions.values()),
                listing.offset() == 0 ? OptionalLong.of(listing.entry().received()) : OptionalLong.empty());
        return Optional.of(new Found(evidence, listing, refs, contents, cut));
    }

    private List<StoredDecision> own(String type, long since, long before, String key) {
        return page(type, since, before, d -> Json.parse(d.json()).path(key).asText().equals(id));
    }

    /** The site's decisions of a type since a time that a test wants, oldest first. */
    private List<StoredDecision> page(String type, long since, long before, Predicate<StoredDecision> wanted) {
        List<StoredDecision> found = new ArrayList<>();
        long below = before;
        for (int read = 0; read < DECISIONS_MAX; read += PAGE) {
            List<StoredDecision> page = ledger.newest(site, type, below, PAGE);
            for (StoredDecision each : page) {
                if (each.at() >= since && wanted.test(each)) {
                    found.add(each);
                }
            }
            if (page.size() < PAGE || page.get(page.size() - 1).at() < since) {
                found.sort(Comparator.comparingLong(StoredDecision::number));
                found.forEach(d -> decisions.put(d.number(), d));
                return found;
            }
            below = page.get(page.size() - 1).number();
        }
        cut = true;
        found.sort(Comparator.comparingLong(StoredDecision::number));
        found.forEach(d -> decisions.put(d.number(), d));
        return found;
    }

    /** The rule's verdict when the alarm was raised, and those until its end; what these name as proof is wanted too. */
    private void verdicts(Evidence bare, StoredDecision raised, long since, long endNumber) {
        Predicate<StoredDecision> its = d -> Json.parse(d.json()).path("rule").asText().equals(bare.ruleId());
        List<StoredDecision> found = page("verdict", since, endNumber, its);
        if (found.isEmpty() || found.get(0).offset() > raised.offset()) {
            ledger.newest(site, "verdict", ledger.firstDecisionAt(raised.offset() + 1), 4 * PAGE).stream()
                    .filter(its).findFirst().ifPresent(d -> {
                        decisions.put(d.number(), d);
                        proofs(d);
                    });
        }
        List<StoredDecision> kept = found.stream().filter(d -> worthy(d, raised)).toList();
        found.stream().filter(d -> !kept.contains(d)).forEach(d -> decisions.remove(d.number()));
        found.stream().filter(d -> d.offset() <= raised.offset()).reduce((a, b) -> b)
                .ifPresent(d -> decisions.put(d.number(), d));
        kept.stream().skip(Math.max(0, kept.size() - VERDICTS_MAX)).forEach(this::proofs);
        found.stream().filter(d -> d.offset() <= raised.offset()).reduce((a, b) -> b).ifPresent(this::proofs);
    }

    private static boolean worthy(StoredDecision verdict, StoredDecision raised) {
        JsonNode json = Json.parse(verdict.json());
        return json.path("final").asBoolean() || json.path("state").asText().equals("VIOLATION")
                || verdict.offset() >= raised.offset();
    }

    private void proofs(StoredDecision verdict) {
        Json.parse(verdict.json()).path("proof").forEach(offset -> offset(offset.asLong()));
    }

    /** Takes an entry if it is the site's own or its region's: a neighbour's may have moved the clock, and proves nothing. */
    private void offset(long offset) {
        if (entries.size() < ENTRIES_MAX) {
            ledger.entry(offset).filter(e -> concerns(e.entry())).ifPresent(this::take);
        }
    }

    private boolean concerns(Entry entry) {
        if (entry instanceof Entry.Act act) {
            JsonNode json = Json.parse(act.json());
            return json.path("alarm").asText().equals(id) || json.path("site").asText().equals(site);
        }
        if (entry instanceof Entry.Message m && OwnTopic.parse(m.topic()).orElse(null) instanceof OwnTopic.OfRegion region) {
            String path = "/" + restricted.register().sites().iterator().next().region() + "/";
            return path.contains("/" + region.region() + "/");
        }
        return entry instanceof Entry.Message m && m.topic().startsWith("dust/v1/" + site + "/")
                || maySpeak(entry, restricted) && !Evidence.told(0, entry, restricted, List.of()).isEmpty();
    }

    private void scan(Content content, Needs needs) {
        long at = ledger.firstEntryAt(needs.from());
        long end = Math.min(ledger.position().applied(), needs.endOffset() + 1);
        end = Math.min(end, Math.max(ledger.firstEntryAt(needs.to()), at));
        cut |= end - at > SCANNED_MAX;
        end = Math.min(end, at + SCANNED_MAX);
        LedgerReading.Sieve sieve = sieve(content);
        while (at < end) {
            LedgerReading.Sifted next = ledger.sift(at, end, sieve);
            for (StoredEntry entry : next.entries()) {
                if (wanted(entry, content, needs)) {
                    if (entries.size() >= ENTRIES_MAX) {
                        cut = true;
                        return;
                    }
                    take(entry);
                }
            }
            at = next.next();
        }
    }

    private void take(StoredEntry entry) {
        if (entries.putIfAbsent(entry.offset(), entry) == null) {
            taken.accept(entry.offset());
        }
    }

    private boolean maySpeak(Entry entry, Content content) {
        LedgerReading.Sieve sieve = sieve(content);
        return entry instanceof Entry.Message m && sieve.wants('M', m.topic())
                || entry instanceof Entry.Frame f && sieve.wants('F', f.peer());
    }

    /** A quick look that spares unpacking and decoding what a neighbour said. */
    private LedgerReading.Sieve sieve(Content content) {
        boolean frames = content.register().sites().stream()
                .anyMatch(s -> s.devices().stream().anyMatch(d -> d.hj212().isPresent()));
        String own = OWN + site + "/";
        return (kind, second) -> kind == 'F'
                ? frames
                : !second.startsWith(OWN) || second.startsWith(OWN + "region/") || second.startsWith(own);
    }

    private static boolean wanted(StoredEntry entry, Content content, Needs needs) {
        for (Told told : Evidence.told(entry.offset(), entry.entry(), content, List.of())) {
            if (needs.observations().test(told)) {
                return true;
            }
        }
        return false;
    }
}
