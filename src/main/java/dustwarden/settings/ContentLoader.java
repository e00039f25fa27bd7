package dustwarden.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.decode.Profile;
import dustwarden.core.decode.ProfileReader;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Site;
import dustwarden.core.model.SiteReader;
import dustwarden.core.rule.Rulebook;
import dustwarden.core.rule.RulebookExtension;
import dustwarden.core.rule.RulebookReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Loads all content that judges and checks it as a whole; every problem of every file is in one list. */
public final class ContentLoader {
    private final ContentSources sources;
    private final UnaryOperator<String> passwordHash;
    private final List<String> problems = new ArrayList<>();
    private final List<Content> contents = new ArrayList<>();

    private ContentLoader(ContentSources sources, UnaryOperator<String> passwordHash) {
        this.sources = sources;
        this.passwordHash = passwordHash;
    }

    /**
     * Reads every file.
     *
     * @param passwordHash the keyed hash that stands in content in place of a device's HJ 212 password
     */
    public static Checked<Contents> load(ContentSources sources, UnaryOperator<String> passwordHash) {
        return new ContentLoader(sources, passwordHash).load();
    }

    private Checked<Contents> load() {
        Map<String, Rulebook> books = rulebooks();
        List<Profile> profiles = profiles();
        List<Site> sites = sites(books);
        contents.add(judging());
        List<Rulebook> all = List.copyOf(books.values());
        return Checked.of(Optional.of(new Contents(contents, sites, all, profiles)), problems, List.of());
    }

    private Map<String, Rulebook> rulebooks() {
        Map<String, YamlFile> files = new ContentFiles("rulebook", problems)
                .shipped("devices/rulebooks")
                .directory(sources.rulebooks(), "rulebooks")
                .byId();
        Map<String, JsonNode> asWritten = new LinkedHashMap<>();
        files.forEach((id, file) -> asWritten.put(id, file.json()));
        Map<String, Rulebook> books = new TreeMap<>();
        files.forEach((id, file) -> {
            Problems found = new Problems();
            Content content = Content.of("rulebook", id, RulebookExtension.flatten(file.json(), asWritten, found));
            read(file, found, RulebookReader.read(content.parsed(), content.sha256(), found), content)
                    .ifPresent(book -> books.put(id, book));
        });
        return books;
    }

    private List<Profile> profiles() {
        List<Profile> profiles = new ArrayList<>();
        new ContentFiles("profile", problems)
                .shipped("devices/profiles")
                .directory(sources.profiles(), "profiles")
                .byId()
                .forEach((id, file) -> {
                    Problems found = new Problems();
                    Content content = Content.of("profile", id, file.json());
                    read(file, found, ProfileReader.read(content.parsed(), content.sha256(), found), content)
                            .ifPresent(profiles::add);
                });
        return profiles;
    }

    private List<Site> sites(Map<String, Rulebook> books) {
        ContentFiles files = new ContentFiles("site", problems);
        if (sources.demoSites()) {
            files.shipped("devices/sites");
        }
        Map<String, YamlFile> byId = files.directory(sources.register(), "register").byId();
        Map<String, Site> sites = new TreeMap<>();
        SiteChecks checks = new SiteChecks(books, profileIds(), sources.channels());
        byId.forEach((id, file) -> {
            Problems found = new Problems();
            JsonNode json = SiteSecrets.hide(withZone(file.json()), passwordHash, found);
            Content content = Content.of("site", id, json);
            Optional<Site> site = SiteReader.read(content.parsed(), content.sha256(), found);
            site.ifPresent(s -> checks.check(s, found));
            read(file, found, site, content).ifPresent(s -> sites.put(id, s));
        });
        return List.copyOf(sites.values());
    }

    private List<String> profileIds() {
        return contents.stream().filter(c -> c.kind().equals("profile")).map(Content::name).toList();
    }

    private JsonNode withZone(JsonNode json) {
        if (!json.isObject() || json.hasNonNull("zone") || sources.zone().equals(ContentSources.ZONE)) {
            return json;
        }
        return ((ObjectNode) json.deepCopy()).put("zone", sources.zone().getId());
    }

    private <T> Optional<T> read(YamlFile file, Problems found, Optional<T> value, Content content) {
        found.all().forEach(problem -> problems.add(file.at(problem)));
        if (!found.isEmpty()) {
            return Optional.empty();
        }
        contents.add(content);
        return value;
    }

    /** The settings that judge. */
    private Content judging() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("hj212").put("use", sources.hj212MinuteUse() ? "minute" : "realtime");
        sources.common().write(json);
        return Content.of("settings", "judging", json);
    }
}
