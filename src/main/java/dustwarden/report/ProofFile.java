package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.Entry.ContentRef;
import dustwarden.ledger.ContentProof;
import dustwarden.ledger.InclusionProof;
import dustwarden.ledger.Proofs;
import dustwarden.series.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads and writes {@code proofs.json}: every hash once, and each item's way up as numbers of hashes.
 *
 * <p>Items of one block share most of their way, so that a thousand entries need few hashes more than one.
 */
final class ProofFile {
    private static final HexFormat HEX = HexFormat.of();
    /** The chain between blocks is pinned by the day's line; what nothing in the bundle is held against is not in it. */
    private static final byte[] NO_CHAIN = new byte[32];
    private final ObjectNode root = Json.object();
    private final ArrayNode hashes = root.putArray("hashes");
    private final ArrayNode blocks = root.putArray("blocks");
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Integer> blockPlaces = new HashMap<>();

    /** @param log {@code entry} or {@code decision} */
    void add(String log, InclusionProof proof) {
        ObjectNode row = list(log).addObject().put("index", proof.index()).put("block", block(log, proof));
        path(row.putArray("path"), proof.path());
    }

    private ArrayNode list(String log) {
        String name = log.equals("entry") ? "entries" : "decisions";
        return root.has(name) ? (ArrayNode) root.get(name) : root.putArray(name);
    }

    /** The entry that put the contents in force, in its short form, and the way of each content up to it. */
    void listing(InclusionProof proof, List<ContentProof> contents) {
        ObjectNode row = root.putObject("listing").put("index", proof.index()).put("block", block("entry", proof));
        row.put("entry", new String(proof.canonical(), java.nio.charset.StandardCharsets.UTF_8));
        path(row.putArray("path"), proof.path());
        ArrayNode all = row.putArray("contents");
        for (ContentProof each : contents) {
            ObjectNode one = all.addObject().put("kind", each.ref().kind()).put("name", each.ref().name())
                    .put("sha256", each.ref().sha256()).put("index", each.index()).put("size", each.size());
            path(one.putArray("path"), each.path());
        }
    }

    private int block(String log, InclusionProof p) {
        String key = log + p.firstOfBlock();
        Integer known = blockPlaces.get(key);
        if (known != null) {
            return known;
        }
        ObjectNode row = blocks.addObject().put("log", log).put("first", p.firstOfBlock()).put("size", p.blockSize())
                .put("sealed", p.sealed()).put("root", hash(p.root()));
        p.dayPath().ifPresent(d -> {
            row.put("day", d.day()).put("dayIndex", d.index()).put("daySize", d.size()).put("dayRoot", hash(d.root()));
            path(row.putArray("dayPath"), d.path());
        });
        blockPlaces.put(key, blocks.size() - 1);
        return blocks.size() - 1;
    }

    private void path(ArrayNode out, List<byte[]> path) {
        path.forEach(h -> out.add(hash(h)));
    }

    private int hash(byte[] hash) {
        return places.computeIfAbsent(HEX.formatHex(hash), text -> {
            hashes.add(text);
            return hashes.size() - 1;
        });
    }

    @Override
    public String toString() {
        return root.toString();
    }

    /** The proofs as read from a bundle; {@code canonical} is what the leaf must be of. */
    static final class Reader {
        private final JsonNode root;

        /** @throws IllegalArgumentException not such a file */
        Reader(JsonNode root) {
            this.root = root;
        }

        List<Long> indexes(String log) {
            List<Long> found = new ArrayList<>();
            list(log).forEach(row -> found.add(row.path("index").asLong(-1)));
            return found;
        }

        InclusionProof proof(String log, int at, byte[] canonical) {
            return proof(log, list(log).path(at), canonical);
        }

        String listingText() {
            return root.path("listing").path("entry").asText();
        }

        /** When the ledger began, where its first entry is the one that lists the contents. */
        OptionalLong birth() {
            InclusionProof listing = listing();
            return listing.index() == 0 ? OptionalLong.of(Proofs.receivedOf(listing.canonical())) : OptionalLong.empty();
        }

        InclusionProof listing() {
            byte[] text = listingText().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            return proof("entry", root.path("listing"), text);
        }

        List<ContentProof> contents() {
            List<ContentProof> found = new ArrayList<>();
            for (JsonNode row : root.path("listing").path("contents")) {
                ContentRef ref = new ContentRef(row.path("kind").asText(), row.path("name").asText(), row.path("sha256").asText());
                found.add(new ContentProof(ref, row.path("index").asInt(-1), row.path("size").asInt(-1), path(row.path("path"))));
            }
            return found;
        }

        private JsonNode list(String log) {
            return root.path(log.equals("entry") ? "entries" : "decisions");
        }

        private InclusionProof proof(String log, JsonNode row, byte[] canonical) {
            JsonNode block = root.path("blocks").path(row.path("block").asInt(-1));
            if (!block.path("log").asText().equals(log)) {
                throw new IllegalArgumentException("index " + row.path("index").asText() + " has no block");
            }
            Optional<InclusionProof.DayPath> day = block.has("day")
                    ? Optional.of(new InclusionProof.DayPath(
                            block.path("day").asText(), block.path("dayIndex").asInt(-1), block.path("daySize").asInt(-1),
                            path(block.path("dayPath")), hash(block.path("dayRoot"))))
                    : Optional.empty();
            return new InclusionProof(
                    row.path("index").asLong(-1), canonical, block.path("first").asLong(-1), block.path("size").asInt(-1),
                    path(row.path("path")), NO_CHAIN, hash(block.path("root")), day,
                    block.path("sealed").asBoolean());
        }

        private List<byte[]> path(JsonNode places) {
            List<byte[]> found = new ArrayList<>();
            places.forEach(place -> found.add(hash(place)));
            return found;
        }

        private byte[] hash(JsonNode place) {
            String text = root.path("hashes").path(place.asInt(-1)).asText();
            if (!text.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("hash " + place + " is not there");
            }
            return HEX.parseHex(text);
        }
    }
}
