package dustwarden.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.CoreVersion;
import dustwarden.core.DecisionJson;
import dustwarden.core.Entry.ContentRef;
import dustwarden.ledger.ContentProof;
import dustwarden.ledger.DayRoot;
import dustwarden.ledger.InclusionProof;
import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.Proofs;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import dustwarden.series.Json;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes the zip that shows how an alarm came about and proves it: single entries byte for byte as received with their ways
 * up to the root of their day, never a neighbour's data.
 */
public final class EvidenceBundle {
    static final String FORMAT = "dustwarden-evidence/1";
    private final LedgerReading ledger;
    private final Function<String, List<String>> notices;
    private final InstantSource clock;
    private final String version;

    /**
     * @param notices JSON of every notice due for an alarm with its fate
     * @param version of the product
     */
    public EvidenceBundle(
            LedgerReading ledger, Function<String, List<String>> notices, InstantSource clock, String version) {
        this.ledger = ledger;
        this.notices = notices;
        this.clock = clock;
        this.version = version;
    }

    /** The zip of an alarm; empty where the ledger has no such alarm at that site. */
    public Optional<byte[]> zip(String alarm, String site, long raisedAt) {
        return files(alarm, site, raisedAt).map(BundleZip::write);
    }

    /** The files of a bundle by name, without their sums. */
    Optional<Map<String, byte[]>> files(String alarm, String site, long raisedAt) {
        Proofs proofs = ledger.proofs();
        return new EvidenceSource(ledger, site, alarm, proofs::keep).find(raisedAt).map(found -> files(found, proofs));
    }

    private Map<String, byte[]> files(EvidenceSource.Found found, Proofs proofs) {
        Evidence evidence = found.evidence();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("README.txt", readme());
        files.put("bundle.json", Derived.utf8(about(found).toString()));
        Optional<String> rulebook = evidence.rulebook()
                .map(b -> new String(found.contents().get(b.hash()), StandardCharsets.UTF_8));
        files.putAll(Derived.of(evidence, rulebook));
        files.put("decisions.jsonl", Derived.utf8(decisions(evidence)));
        files.put("entries.jsonl", Derived.utf8(entries(evidence)));
        ArrayNode fates = Json.array();
        notices.apply(evidence.alarm()).forEach(json -> fates.add(Json.parse(json)));
        files.put("notices.json", Derived.utf8(fates.toString()));
        prove(found, proofs, files);
        found.contents().forEach((hash, bytes) -> files.put("content/" + hash + ".json", bytes));
        String page = new EvidencePage(files, evidence.rule()).html();
        files.put("evidence.html", Derived.utf8(page));
        files.put("evidence.pdf", Pdf.of(page));
        return files;
    }

    private ObjectNode about(EvidenceSource.Found found) {
        Evidence e = found.evidence();
        ObjectNode about = Json.object().put("format", FORMAT).put("product", version).put("core", CoreVersion.CURRENT)
                .put("alarm", e.alarm()).put("site", e.site().id()).put("zone", e.site().zone().getId());
        about.put("made", DecisionJson.time(clock.millis(), e.site().zone()));
        about.put("entries", e.entries().size()).put("decisions", e.decisions().size()).put("complete", !found.cut());
        return about;
    }

    private static String decisions(Evidence evidence) {
        StringBuilder lines = new StringBuilder();
        evidence.decisions().forEach(d -> lines.append(Lines.of(d)).append('\n'));
        return lines.toString();
    }

    private static String entries(Evidence evidence) {
        StringBuilder lines = new StringBuilder();
        evidence.entries().forEach(e -> lines.append(Lines.of(e, evidence.site().zone())).append('\n'));
        return lines.toString();
    }

    private static void prove(EvidenceSource.Found found, Proofs proofs, Map<String, byte[]> files) {
        ProofFile out = new ProofFile();
        Set<String> days = new TreeSet<>();
        for (StoredEntry entry : found.evidence().entries()) {
            InclusionProof proof = proofs.entry(entry.offset()).orElseThrow();
            proof.dayPath().ifPresent(d -> days.add(d.day()));
            out.add("entry", proof);
        }
        for (StoredDecision decision : found.evidence().decisions()) {
            InclusionProof proof = proofs.decision(decision.number()).orElseThrow();
            proof.dayPath().ifPresent(d -> days.add(d.day()));
            out.add("decision", proof);
        }
        InclusionProof listing = proofs.entry(found.listing().offset()).orElseThrow();
        listing.dayPath().ifPresent(d -> days.add(d.day()));
        out.listing(listing, found.refs().stream().map((ContentRef ref) ->
                proofs.content(found.listing(), ref).orElseThrow()).map((ContentProof p) -> p).toList());
        files.put("proofs.json", Derived.utf8(out.toString()));
        StringBuilder roots = new StringBuilder();
        for (DayRoot day : proofs.days()) {
            if (days.contains(day.date().toString())) {
                roots.append(day.hash()).append(' ').append(day.text()).append('\n');
            }
        }
        files.put("days.txt", Derived.utf8(roots.toString()));
    }

    private static byte[] readme() {
        return Derived.utf8("""
                Dustwarden 证据包 / evidence bundle

                校验 / to verify:  java -jar dustwarden.jar verify BUNDLE.zip [--roots FILE]
                或逐个文件 / or file by file, without our program:  sha256sum -c SHA256SUMS

                evidence.pdf        给人看的证据 / the evidence for people
                evidence.html       同上,网页 / the same as a page
                alarm.json          报警及其经过 / the alarm and its history
                steps.json          逐步计算 / the arithmetic step by step
                rule.json           规则、条款、出处 / rule, clause, citation
                devices.json        设备:校准、检定、时钟、标识 / devices: calibration, verification, clock, flags
                entries.jsonl       原始上报,逐字节 / reports as received, byte for byte ("bytes", base64)
                observations.jsonl  解码后的观测 / what they decode to
                decisions.jsonl     作出的决定 / what was decided
                notices.json        通知及其结果 / notices and their fates
                proofs.json         散列链证明 / the ways up to the daily roots
                days.txt            当日根散列 / the roots of the days
                content/            登记与规则集原文 / register and rulebooks in force

                当日根散列也印在日报上;与 days.txt 行首一致,即证明这些记录当日已经存在。
                The root of the day is printed in the daily report too; where it is the one that begins the line of days.txt,
                these records existed on that day as they are.
                """);
    }
}
