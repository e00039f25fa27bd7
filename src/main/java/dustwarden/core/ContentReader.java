package dustwarden.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.decode.Profile;
import dustwarden.core.decode.ProfileReader;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Register;
import dustwarden.core.model.Site;
import dustwarden.core.model.SiteReader;
import dustwarden.core.rule.Rulebook;
import dustwarden.core.rule.RulebookReader;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes the content that judges out of its canonical JSON, as it was checked before it was journaled. */
public final class ContentReader implements Function<List<Entry.ContentRef>, Content> {
    /** The zone for what concerns no site, where no settings say another. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Function<String, String> jsonByHash;

    /** @param jsonByHash the canonical JSON of a SHA-256 in hex; throws where there is none */
    public ContentReader(Function<String, String> jsonByHash) {
        this.jsonByHash = jsonByHash;
    }

    @Override
    public Content apply(List<Entry.ContentRef> refs) {
        List<Site> sites = new ArrayList<>();
        Map<String, Rulebook> rulebooks = new HashMap<>();
        Map<String, Profile> profiles = new HashMap<>();
        ZoneId zone = ZONE;
        CommonCause common = CommonCause.DEFAULT;
        Problems problems = new Problems();
        boolean minutes = byMinutes(refs);
        for (Entry.ContentRef ref : refs) {
            JsonNode json = parse(ref);
            switch (ref.kind()) {
                case "site" -> SiteReader.read(minutes ? withMinutes(json) : json, ref.sha256(), problems).ifPresent(sites::add);
                case "rulebook" -> RulebookReader.read(json, ref.sha256(), problems).ifPresent(r -> rulebooks.put(r.id(), r));
                case "settings" -> {
                    zone = json.hasNonNull("zone") ? ZoneId.of(json.get("zone").asText()) : zone;
                    common = CommonCause.read(json);
                }
                case "profile" -> ProfileReader.read(json, ref.sha256(), problems).ifPresent(p -> profiles.put(p.id(), p));
                default -> {
                    // Other content does not judge.
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("content that was checked does not read: " + problems.all().get(0));
        }
        Register register = new Register(sites);
        return new Content(register, rulebooks, new Makers(register, profiles), zone, common);
    }

    /** Whether the settings say that HJ 212 devices are judged by the minute data that they make themselves. */
    private boolean byMinutes(List<Entry.ContentRef> refs) {
        return refs.stream()
                .filter(ref -> ref.kind().equals("settings"))
                .anyMatch(ref -> parse(ref).path("hj212").path("use").asText().equals("minute"));
    }

    /** A device's own word goes before that of the settings. */
    private static JsonNode withMinutes(JsonNode site) {
        JsonNode copy = site.deepCopy();
        for (JsonNode device : copy.path("devices")) {
            if (device.path("hj212") instanceof ObjectNode hj212 && !hj212.has("use")) {
                hj212.put("use", "minute");
            }
        }
        return copy;
    }

    private JsonNode parse(Entry.ContentRef ref) {
        try {
            return JSON.readTree(jsonByHash.apply(ref.sha256()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("content " + ref.kind() + " " + ref.name() + " is not JSON", e);
        }
    }
}
