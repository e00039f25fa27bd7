package dustwarden.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.Entry;
import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.SqliteReading;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a stopped server left in its ledger.
 *
 * @param lines the messages and links as {@code judge} reads them
 * @param decisions as they are stored
 */
record WrittenJournal(List<String> lines, List<JsonNode> decisions) {
    private static final int PAGE = 1_000;

    static WrittenJournal read(Path data) {
        List<String> lines = new ArrayList<>();
        List<JsonNode> decisions = new ArrayList<>();
        long ended = 0;
        try (LedgerReading ledger = SqliteReading.open(data)) {
            List<StoredEntry> entries = ledger.entries(0, PAGE);
            while (!entries.isEmpty()) {
                for (StoredEntry each : entries) {
                    if (each.entry() instanceof Entry.Resumed && each.offset() > 0) {
                        lines.add(link(ended, false));
                        lines.add(link(each.entry().received(), true));
                    }
                    line(each.entry()).ifPresent(lines::add);
                    ended = each.entry().received();
                }
                entries = ledger.entries(entries.get(entries.size() - 1).offset() + 1, PAGE);
            }
            List<StoredDecision> page = ledger.decisions(0, PAGE);
            while (!page.isEmpty()) {
                page.forEach(each -> decisions.add(Api.read(new String(each.json(), StandardCharsets.UTF_8))));
                page = ledger.decisions(page.get(page.size() - 1).number() + 1, PAGE);
            }
        }
        return new WrittenJournal(lines, decisions);
    }

    /** An absence of the whole process, said as {@code judge} can read it. */
    private static String link(long at, boolean up) {
        return Api.JSON.createObjectNode().put("received", Instant.ofEpochMilli(at).toString())
                .put("link", "mqtt").put("up", up).toString();
    }

    private static Optional<String> line(Entry entry) {
        ObjectNode line = Api.JSON.createObjectNode();
        line.put("received", Instant.ofEpochMilli(entry.received()).toString());
        if (entry instanceof Entry.Message message) {
            line.put("topic", message.topic());
            line.put("payload", new String(message.payload(), StandardCharsets.UTF_8));
            line.put("retained", message.retained());
        } else if (entry instanceof Entry.Link link) {
            line.put("link", link.name());
            line.put("up", link.up());
        } else {
            return Optional.empty();
        }
        return Optional.of(line.toString());
    }
}
