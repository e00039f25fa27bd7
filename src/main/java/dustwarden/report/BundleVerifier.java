package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Content;
import dustwarden.core.CoreVersion;
import dustwarden.core.Entry.ContentRef;
import dustwarden.core.model.CanonicalJson;
import dustwarden.core.model.Site;
import dustwarden.core.model.Text;
import dustwarden.ledger.ContentProof;
import dustwarden.ledger.DayRoot;
import dustwarden.ledger.InclusionProof;
import dustwarden.ledger.Proofs;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import dustwarden.series.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Verifies a bundle with nothing but itself: every file's hash, every entry's and decision's way up to its day, that contents
 * are those in force, that decisions belong to the entries, and that the arithmetic follows from the entries.
 */
public final class BundleVerifier {
    /**
     * What was found sound.
     *
     * @param days roots that the records lead up to, {@code 2026-03-14 <hash>}
     * @param notes what a reader should know
     */
    public record Sound(String alarm, String site, long entries, long decisions, List<String> days, List<Text> notes) {}

    private final Map<String, byte[]> files;
    private final Map<String, String> roots;
    private final List<Text> notes = new ArrayList<>();
    private final Map<String, DayRoot> days = new LinkedHashMap<>();
    private boolean open;

    private BundleVerifier(BundleZip.Unpacked unpacked, Map<String, String> roots) {
        this.files = unpacked.files();
        this.roots = roots;
        if (!unpacked.asMade()) {
            notes.add(new Text("压缩包曾被其他程序重新打包;其中文件未变。", "another program packed the zip again; the files in it are unchanged"));
        }
    }

    /**
     * Verifies a file.
     *
     * @param roots hashes of days by date, as printed or mailed on that day; the bundle's days must be among them unless empty
     * @throws BundleRefused with the file or record that is wrong
     */
    public static Sound verify(Path zip, Map<String, String> roots) {
        BundleZip.Unpacked unpacked = BundleZip.read(zip);
        try {
            return new BundleVerifier(unpacked, roots).sound();
        } catch (BundleRefused e) {
            throw e;
        } catch (RuntimeException e) {
            throw new BundleRefused("证据包内容不成立:" + e.getMessage(), "the bundle does not hold together: " + e.getMessage());
        }
    }

    private Sound sound() {
        JsonNode about = json("bundle.json");
        if (!about.path("format").asText().equals(EvidenceBundle.FORMAT)) {
            throw wrong("bundle.json", "格式不是本程序所知",
                    "is of the format " + about.path("format").asText() + ", known is " + EvidenceBundle.FORMAT);
        }
        readDays();
        if (!roots.isEmpty() && days.keySet().stream().noneMatch(roots::containsKey)) {
            throw wrong("days.txt", "不含所给日期的根散列", "leads up to none of the days whose roots were given");
        }
        ProofFile.Reader proofs = new ProofFile.Reader(json("proofs.json"));
        List<ContentRef> refs = contents(proofs);
        Function<String, String> byHash = hash -> new String(file("content/" + hash + ".json"), StandardCharsets.UTF_8);
        Content content = SiteContent.read(refs, byHash);
        Site site = content.register().site(about.path("site").asText())
                .orElseThrow(() -> wrong("content", "没有工地登记", "holds no register of the site " + about.path("site").asText()));
        if (!site.zone().getId().equals(about.path("zone").asText())) {
            throw wrong("bundle.json", "时区不是登记的时区", "says another zone than the register");
        }
        List<StoredEntry> entries = items("entries.jsonl", "entry", proofs,
                line -> Lines.entry(line, site.zone()), StoredEntry::offset, e -> Proofs.bytesOf(e.entry()));
        List<StoredDecision> decisions = items("decisions.jsonl", "decision", proofs,
                Lines::decision, StoredDecision::number, Proofs::bytesOf);
        Evidence evidence = new Evidence(
                about.path("alarm").asText(), site, content, entries, decisions, proofs.birth());
        belong(evidence, proofs);
        derived(evidence, about, byHash);
        JsonNode complete = about.path("complete");
        if (!complete.asBoolean()) {
            notes.add(new Text("内容过多,证据包仅含一部分。", "more bears on the alarm than this bundle holds"));
        }
        if (open) {
            notes.add(new Text(
                    "部分记录所在的日期当时尚未封存,证明为暂定;请在次日重新取证据包。",
                    "the day of some records was still open, so their proof is provisional; fetch the bundle again after that day"));
        }
        return new Sound(evidence.alarm(), site.id(), entries.size(), decisions.size(),
                days.values().stream().map(DayRoot::line).toList(), notes);
    }

    private byte[] file(String name) {
        byte[] content = files.get(name);
        if (content == null) {
            throw new BundleRefused("缺少文件 " + name + "。", "the file " + name + " is missing");
        }
        return content;
    }

    private JsonNode json(String name) {
        return Json.parse(file(name));
    }

    private static BundleRefused wrong(String where, String zh, String en) {
        return new BundleRefused(where + " " + zh + "。", where + " " + en);
    }

    private void readDays() {
        for (String line : new String(file("days.txt"), StandardCharsets.UTF_8).split("\n")) {
            if (line.isEmpty()) {
                continue;
            }
            DayRoot day = DayRoot.parse(line.substring(line.indexOf(' ') + 1));
            if (!line.startsWith(day.hash() + " ")) {
                throw wrong("days.txt", day.date() + " 与散列不符", day.date() + " does not fit its hash");
            }
            String known = roots.get(day.date().toString());
            if (known != null && !known.equals(day.hash())) {
                throw wrong("days.txt", day.date() + " 的根散列与所给的不同",
                        "the root of " + day.date() + " is " + day.hash() + ", given is " + known);
            }
            if (known == null && !roots.isEmpty()) {
                notes.add(new Text("没有给出 " + day.date() + " 的根散列。", "no root of " + day.date() + " was given to hold it against"));
            }
            if (days.put(day.date().toString(), day) != null) {
                throw wrong("days.txt", day.date() + " 出现两次", "names " + day.date() + " twice");
            }
        }
    }

    /** The contents that the listing entry proves; each file's name is the hash of its bytes. */
    private List<ContentRef> contents(ProofFile.Reader proofs) {
        InclusionProof listing = proofs.listing();
        up("proofs.json listing", "entry", listing);
        List<ContentRef> refs = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (ContentProof each : proofs.contents()) {
            ContentRef ref = each.ref();
            String name = "content/" + ref.sha256() + ".json";
            if (!each.holds(listing.canonical())) {
                throw wrong(name, "不在当时生效的内容之列", "is not among the contents that were in force");
            }
            if (!Sha.hex(file(name)).equals(ref.sha256())) {
                throw wrong(name, "与其散列不符", "does not fit its hash");
            }
            named.add(name);
            refs.add(ref);
        }
        for (String name : files.keySet()) {
            if (name.startsWith("content/") && !named.contains(name)) {
                throw wrong(name, "不在当时生效的内容之列", "is not among the contents that were in force");
            }
        }
        return refs;
    }

    private <T> List<T> items(
            String name, String log, ProofFile.Reader proofs, Function<String, T> read, Function<T, Long> index,
            Function<T, byte[]> canonical) {
        List<T> found = new ArrayList<>();
        List<Long> indexes = proofs.indexes(log);
        long last = -1;
        for (String line : new String(file(name), StandardCharsets.UTF_8).split("\n")) {
            if (line.isEmpty()) {
                continue;
            }
            T item = reading(name, found.size(), line, read);
            long at = index.apply(item);
            String where = name + " " + log + " " + at;
            if (at <= last) {
                throw wrong(where, "重复或次序颠倒", "stands twice or out of order");
            }
            if (found.size() >= indexes.size() || indexes.get(found.size()) != at) {
                throw wrong(where, "没有证明", "has no proof");
            }
            up(where, log, proofs.proof(log, found.size(), canonical.apply(item)));
            last = at;
            found.add(item);
        }
        if (found.size() != indexes.size()) {
            throw wrong(name, "缺少记录 " + indexes.get(found.size()), "lacks " + log + " " + indexes.get(found.size()) + ", which is proved");
        }
        return found;
    }

    private static <T> T reading(String name, int at, String line, Function<String, T> read) {
        try {
            return read.apply(line);
        } catch (RuntimeException e) {
            throw wrong(name, "第 " + (at + 1) + " 行不成立", "line " + (at + 1) + ": " + e.getMessage());
        }
    }

    /** From an item to its block, and on to the root of its day. */
    private void up(String where, String log, InclusionProof proof) {
        if (!proof.holds()) {
            throw wrong(where, "与散列链不符", "does not fit its block's root: it was changed, or its proof was");
        }
        if (proof.dayPath().isEmpty()) {
            open = true;
            return;
        }
        InclusionProof.DayPath path = proof.dayPath().get();
        DayRoot day = days.get(path.day());
        if (day == null) {
            // One log closed its day, the other has not yet.
            open = true;
            return;
        }
        Optional<DayRoot.Part> part = log.equals("entry") ? Optional.of(day.entries()) : day.decisions();
        boolean inDay = part.isPresent() && Arrays.equals(part.get().root(), path.root())
                && proof.index() >= part.get().first() && proof.index() < part.get().next();
        if (!inDay) {
            throw wrong(where, "不在 " + path.day() + " 的根散列之下", "does not lead up to the root of " + path.day());
        }
    }

    private void belong(Evidence evidence, ProofFile.Reader proofs) {
        List<Evidence.Decided> transitions = evidence.transitions();
        if (transitions.isEmpty() || !transitions.get(0).json().path("transition").asText().equals("raised")) {
            throw wrong("decisions.jsonl", "没有报警 " + evidence.alarm() + " 的产生记录",
                    "does not hold the raising of the alarm " + evidence.alarm());
        }
        Evidence.Decided raised = transitions.get(0);
        String id = CanonicalJson.shortId(
                evidence.site().id() + "|" + evidence.ruleId() + "|" + evidence.subject() + "|" + raised.offset());
        if (!id.equals(evidence.alarm())) {
            throw wrong("bundle.json", "报警编号与其产生记录不符", "names an alarm that does not fit where it was raised");
        }
        Set<Long> offsets = new HashSet<>();
        evidence.entries().forEach(e -> offsets.add(e.offset()));
        for (StoredDecision d : evidence.decisions()) {
            String where = "decisions.jsonl decision " + d.number();
            if (d.site().isPresent() && !d.site().get().equals(evidence.site().id())) {
                throw wrong(where, "属于另一工地", "is of another site");
            }
            JsonNode json = Json.parse(d.json());
            String hash = json.path("hash").asText();
            if (!hash.isEmpty() && evidence.rulebook().isPresent() && json.path("rule").asText().equals(evidence.ruleId())
                    && !hash.equals(evidence.rulebook().get().hash())) {
                notes.add(new Text(
                        "判定 " + d.number() + " 依据的规则集版本不同(其后有变更)。",
                        "decision " + d.number() + " was made under another version of the rulebook, which changed later"));
            }
            if (d.type().equals("rejection") && !offsets.contains(d.offset())) {
                throw wrong(where, "所属的原始记录不在包内", "belongs to entry " + d.offset() + ", which is not in the bundle");
            }
        }
        if (raised.offset() < proofs.listing().index()) {
            throw wrong("proofs.json", "登记内容晚于报警", "names contents that came into force after the alarm");
        }
    }

    /** What follows from entries, decisions and contents is made again; it must come out byte for byte. */
    private void derived(Evidence evidence, JsonNode about, Function<String, String> byHash) {
        if (!about.path("core").asText().equals(CoreVersion.CURRENT)) {
            notes.add(new Text(
                    "由核心版本 " + about.path("core").asText() + " 生成,计算步骤未重算;请用该版本核对。",
                    "made by the core version " + about.path("core").asText() + ": its arithmetic was not done again; use that version"));
            return;
        }
        Map<String, byte[]> again = Derived.of(evidence, evidence.rulebook().map(b -> byHash.apply(b.hash())));
        again.forEach((name, bytes) -> {
            if (!Arrays.equals(bytes, file(name))) {
                throw wrong(name, "与原始记录推算的结果不符", "does not follow from the entries and decisions");
            }
        });
    }

    /** Roots of days out of any text: every {@code 2026-03-14 <64 hex>} in it. */
    public static Map<String, String> roots(String text) {
        Map<String, String> found = new HashMap<>();
        var matcher = java.util.regex.Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[\\s=:]+([0-9a-f]{64})").matcher(text);
        BiFunction<String, String, String> one = (a, b) -> {
            if (!a.equals(b)) {
                throw new BundleRefused("同一天给出两个不同的根散列。", "two different roots are given for one day");
            }
            return a;
        };
        while (matcher.find()) {
            found.merge(matcher.group(1), matcher.group(2), one);
        }
        return found;
    }
}
