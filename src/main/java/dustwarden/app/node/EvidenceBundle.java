package dustwarden.app.node;

import dustwarden.core.Entry;
import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip that shows how an alarm came about: the alarm, every decision about it and about its rule while it stood, and
 * the entries that these name, byte for byte as received.
 */
final class EvidenceBundle {
    private static final int DECISIONS_READ_MAX = 200_000;
    private static final int ENTRIES_MAX = 2_000;
    private static final long BEFORE_MS = 24 * 3_600_000L;

    private final LedgerReading ledger;

    EvidenceBundle(LedgerReading ledger) {
        this.ledger = ledger;
    }

    /** @param alarm JSON of the API */
    byte[] zip(String alarm) {
        JsonObject shown = new JsonObject(alarm);
        JsonArray decisions = new JsonArray();
        Set<Long> offsets = new TreeSet<>();
        collect(shown, decisions, offsets);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            write(zip, "alarm.json", shown.encodePrettily());
            write(zip, "decisions.jsonl", lines(decisions));
            write(zip, "entries.jsonl", lines(entries(offsets)));
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all that is written", e);
        }
        return bytes.toByteArray();
    }

    private void collect(JsonObject alarm, JsonArray decisions, Set<Long> offsets) {
        String site = alarm.getString("site");
        String rule = alarm.getString("rule");
        long raised = OffsetDateTime.parse(alarm.getString("raisedAt")).toInstant().toEpochMilli();
        long number = ledger.firstDecisionAt(ledger.firstEntryAt(raised - BEFORE_MS));
        int read = 0;
        while (read < DECISIONS_READ_MAX) {
            List<StoredDecision> page = ledger.decisions(number, 1_000);
            if (page.isEmpty()) {
                return;
            }
            for (StoredDecision stored : page) {
                if (!stored.site().map(site::equals).orElse(false)) {
                    continue;
                }
                JsonObject json = new JsonObject(new String(stored.json(), StandardCharsets.UTF_8));
                boolean its = alarm.getString("id").equals(json.getString("id"))
                        || alarm.getString("id").equals(json.getString("alarm"))
                        || rule.equals(json.getString("rule"));
                if (its) {
                    decisions.add(json);
                    offsets.add(stored.offset());
                    json.getJsonArray("proof", new JsonArray()).forEach(o -> offsets.add(((Number) o).longValue()));
                }
            }
            read += page.size();
            number = page.get(page.size() - 1).number() + 1;
        }
    }

    private JsonArray entries(Set<Long> offsets) {
        JsonArray found = new JsonArray();
        offsets.stream().limit(ENTRIES_MAX).forEach(offset -> ledger.entry(offset).ifPresent(e -> found.add(entry(e))));
        return found;
    }

    private static JsonObject entry(StoredEntry stored) {
        JsonObject json = new JsonObject()
                .put("offset", stored.offset())
                .put("received", stored.entry().received())
                .put("source", stored.entry().source().name().toLowerCase(Locale.ROOT));
        if (stored.entry() instanceof Entry.Message m) {
            json.put("topic", m.topic()).put("payload", Base64.getEncoder().encodeToString(m.payload()));
        } else if (stored.entry() instanceof Entry.Frame f) {
            json.put("peer", f.peer()).put("frame", Base64.getEncoder().encodeToString(f.frame())).put("note", f.note());
        } else if (stored.entry() instanceof Entry.Act a) {
            json.put("act", new JsonObject(a.json()));
        }
        return json;
    }

    private static String lines(JsonArray items) {
        StringBuilder text = new StringBuilder();
        items.forEach(item -> text.append(((JsonObject) item).encode()).append('\n'));
        return text.toString();
    }

    private static void write(ZipOutputStream zip, String name, String text) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
