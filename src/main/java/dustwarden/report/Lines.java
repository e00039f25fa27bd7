package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.DecisionJson;
import dustwarden.core.Entry;
import dustwarden.ledger.Proofs;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import dustwarden.series.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * The lines of {@code entries.jsonl} and {@code decisions.jsonl}: the bytes that the hashes cover, and beside an entry what
 * they say, for people.
 */
final class Lines {
    private static final String NUMBER = "{\"number\":";
    private static final String DECISION = ",\"decision\":";

    private Lines() {}

    static String of(StoredEntry stored, ZoneId zone) {
        Entry entry = stored.entry();
        ObjectNode line = Json.object().put("offset", stored.offset())
                .put("received", DecisionJson.time(entry.received(), zone))
                .put("source", entry.source().name().toLowerCase(Locale.ROOT));
        if (entry instanceof Entry.Message m) {
            line.put("topic", m.topic()).put("retained", m.retained());
            m.oversize().ifPresent(o -> line.put("length", o.length()).put("sha256", o.sha256()));
            payload(line, m.payload());
        } else if (entry instanceof Entry.Frame f) {
            line.put("peer", f.peer()).put("note", f.note());
            payload(line, f.frame());
        } else if (entry instanceof Entry.Act a) {
            line.set("act", Json.parse(a.json()));
        }
        line.put("bytes", Base64.getEncoder().encodeToString(Proofs.bytesOf(stored.entry())));
        return line.toString();
    }

    private static void payload(ObjectNode line, byte[] payload) {
        try {
            line.put("text", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString());
        } catch (CharacterCodingException e) {
            // Bytes that are no text are in "bytes" alone.
            line.putNull("text");
        }
    }

    static String of(StoredDecision d) {
        return NUMBER + d.number() + DECISION + new String(d.json(), StandardCharsets.UTF_8) + "}";
    }

    /** @throws IllegalArgumentException the line is not one that {@link #of(StoredEntry, ZoneId)} wrote */
    static StoredEntry entry(String line, ZoneId zone) {
        JsonNode json = Json.parse(line);
        StoredEntry read = new StoredEntry(
                json.path("offset").asLong(-1), Proofs.entryOf(Base64.getDecoder().decode(json.path("bytes").asText())));
        if (!of(read, zone).equals(line)) {
            throw new IllegalArgumentException("says something else than its bytes");
        }
        return read;
    }

    /** @throws IllegalArgumentException the line is not one that {@link #of(StoredDecision)} wrote */
    static StoredDecision decision(String line) {
        int cut = line.indexOf(DECISION);
        if (!line.startsWith(NUMBER) || cut < 0 || !line.endsWith("}")) {
            throw new IllegalArgumentException("is not a decision");
        }
        String text = line.substring(cut + DECISION.length(), line.length() - 1);
        JsonNode json = Json.parse(text);
        return new StoredDecision(
                Long.parseLong(line.substring(NUMBER.length(), cut)), json.path("offset").asLong(-1),
                Evidence.millis(json.path("at").asText()), json.path("type").asText(),
                Optional.ofNullable(json.path("site").textValue()), text.getBytes(StandardCharsets.UTF_8));
    }
}
