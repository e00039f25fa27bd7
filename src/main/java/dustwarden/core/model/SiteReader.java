package dustwarden.core.model;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.Fields.Problems;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a site from the JSON of its file; every problem is noted with its path, {@code $} being the file. */
public final class SiteReader {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Pattern REGION = Pattern.compile("[^/#+\\s]+(/[^/#+\\s]+)*");
    private static final Function<String, Optional<String>> LANGUAGES =
            word -> Optional.of(word).filter(Set.of("zh", "en")::contains);
    private static final String WORKS = "earthwork, demolition, haulage, cutting, ground-treatment, foundation, structure, "
            + "decoration";

    private final Fields site;
    private final Problems problems;
    private ZoneId zone = ZoneId.of("Asia/Shanghai");

    private SiteReader(JsonNode json, Problems problems) {
        this.site = new Fields(json, "$", problems);
        this.problems = problems;
    }

    /**
     * Reads one site file.
     *
     * @param json an object; a password of a device stands in it only as {@code passwordHash}
     * @param hash of its canonical JSON
     * @return the site, or empty when a problem was noted
     */
    public static Optional<Site> read(JsonNode json, String hash, Problems problems) {
        return json.isObject() ? new SiteReader(json, problems).site(hash) : notAnObject(json, problems);
    }

    static String id(Fields fields, String key) {
        String id = fields.text(key);
        if (fields.has(key) && !ID.matcher(id).matches()) {
            fields.problem(key, "wants an id of 1 to 32 of a-z, 0-9 and -, not starting with -, got " + id);
        }
        return id;
    }

    private static Optional<Site> notAnObject(JsonNode json, Problems problems) {
        new Fields(json, "$", problems);
        return Optional.empty();
    }

    private Optional<Site> site(String hash) {
        int before = problems.all().size();
        String id = id(site, "site");
        if (id.equals("region")) {
            site.problem("site", "must not be region: that level of the topics is taken");
        }
        Text name = site.words("name");
        String region = region();
        zone = zone();
        List<String> rulebooks = rulebooks();
        List<String> shadow = shadow(rulebooks);
        List<SiteUnit> units = units();
        List<Gate> gates = gates();
        List<Device> devices = new DeviceReader(units, gates, problems).read(site.children("devices"));
        RoadClass road = roadClass(site).orElse(RoadClass.MAIN);
        boolean builtUp = site.flag("builtUp", true);
        boolean indoor = site.flag("indoor", false);
        Optional<Site.Position> position = position();
        OptionalDouble perimeter = size(site, "perimeter");
        OptionalDouble area = size(site, "area");
        OptionalDouble floorArea = sizeOrZero(site, "floorArea");
        OptionalDouble linear = sizeOrZero(site, "linear");
        Optional<Party> contractor = party("contractor");
        Optional<Party> owner = party("owner");
        Optional<Party> supervision = party("supervision");
        List<Contact> contacts = contacts();
        List<Phase> phases = phases();
        List<Permit> permits = permits();
        Set<String> trucks = Set.copyOf(site.texts("trucks"));
        AlarmPlan alarms = AlarmPlanReader.read(site, contacts);
        SprayPlan suppression = SprayPlanReader.read(site, devices);
        site.done();
        if (problems.all().size() > before) {
            return Optional.empty();
        }
        return Optional.of(new Site(
                id, name, region, position, zone, rulebooks, shadow, road, builtUp, indoor, perimeter, area, floorArea, linear,
                contractor, owner, supervision, contacts, phases, permits, units, gates, devices, trucks, alarms,
                suppression, hash));
    }

    private String region() {
        String region = site.text("region");
        if (site.has("region") && !REGION.matcher(region).matches()) {
            site.problem("region", "wants nodes joined by / without spaces, # or +, got " + region);
        }
        return region;
    }

    private ZoneId zone() {
        return site.optionalText("zone").flatMap(text -> {
            try {
                return Optional.of(ZoneId.of(text));
            } catch (DateTimeException e) {
                site.problem("zone", "wants a time zone such as Asia/Shanghai, got " + text);
                return Optional.empty();
            }
        }).orElse(zone);
    }

    private List<String> rulebooks() {
        List<String> ids = site.texts("rulebook");
        if (ids.isEmpty()) {
            site.problem("rulebook", "is required: one id or several, for example henan-seven");
        }
        if (new HashSet<>(ids).size() < ids.size()) {
            site.problem("rulebook", "names a rulebook twice: " + String.join(", ", ids));
        }
        return ids;
    }

    private List<String> shadow(List<String> live) {
        List<String> ids = site.texts("shadow");
        ids.stream().filter(live::contains).forEach(
                id -> site.problem("shadow", "names " + id + ", which rulebook names already"));
        if (new HashSet<>(ids).size() < ids.size()) {
            site.problem("shadow", "names a rulebook twice: " + String.join(", ", ids));
        }
        return ids;
    }

    private Optional<Site.Position> position() {
        return site.raw("position").flatMap(value -> {
            if (value.isArray() && value.size() == 2 && value.get(0).isNumber() && value.get(1).isNumber()) {
                double latitude = value.get(0).doubleValue();
                double longitude = value.get(1).doubleValue();
                if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) {
                    return Optional.of(new Site.Position(latitude, longitude));
                }
            }
            site.problem("position", "wants [degrees north, degrees east], for example [35.3034, 113.8836]");
            return Optional.empty();
        });
    }

    private Optional<Party> party(String key) {
        if (!site.has(key)) {
            return Optional.empty();
        }
        Fields fields = site.child(key);
        Party party = new Party(id(fields, "id"), fields.words("name"));
        fields.done();
        return Optional.of(party);
    }

    private List<Contact> contacts() {
        return site.children("contacts").stream().map(fields -> {
            String role = fields.text("role");
            Text name = fields.words("name");
            String both = name.zh().equals(name.en()) ? name.zh() : name.zh() + " (" + name.en() + ")";
            Contact contact = new Contact(role, both, fields.texts("channels"),
                    fields.optionalWord("language", LANGUAGES, "zh, en"), AlarmPlanReader.roster(fields, "duty"));
            fields.done();
            return contact;
        }).toList();
    }

    private List<Phase> phases() {
        return site.children("phases").stream().map(fields -> {
            if (!fields.has("works")) {
                fields.problem("works", "is required: a list of " + WORKS);
            }
            Phase phase = new Phase(
                    period(fields), Set.copyOf(fields.words("works", Work::ofWire, WORKS)), sizeOrZero(fields, "face"));
            fields.done();
            return phase;
        }).toList();
    }

    private List<Permit> permits() {
        List<Permit> found = new ArrayList<>();
        for (Fields fields : site.children("permits")) {
            String kind = fields.text("kind");
            Optional<Long> from = localTime(fields, "from");
            Optional<Long> to = localTime(fields, "to");
            String number = fields.optionalText("number").orElse("");
            if (from.isPresent() && to.isPresent()) {
                if (to.get() > from.get()) {
                    found.add(new Permit(kind, from.get(), to.get(), number));
                } else {
                    fields.problem("to", "must be after from");
                }
            }
            fields.done();
        }
        return found;
    }

    private Optional<Long> localTime(Fields fields, String key) {
        String text = fields.text(key);
        if (!fields.has(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(text).atZone(zone).toInstant().toEpochMilli());
        } catch (DateTimeException e) {
            fields.problem(key, "wants a local date and time such as 2026-03-01T22:00, got " + text);
            return Optional.empty();
        }
    }

    private List<SiteUnit> units() {
        Set<String> seen = new LinkedHashSet<>();
        return site.children("units").stream().map(fields -> {
            String id = unique(fields, seen, "unit");
            String kind = fields.text("kind");
            Optional<RoadClass> road = roadClass(fields);
            OptionalDouble height = sizeOrZero(fields, "height");
            OptionalDouble length = size(fields, "length");
            OptionalDouble area = size(fields, "area");
            boolean fence = kind.equals("fence");
            boolean ground = Set.of("soil", "stockpile", "road").contains(kind);
            if (fence && !fields.has("length")) {
                fields.problem("length", "is required of a fence: its metres");
            }
            if (ground && !fields.has("area")) {
                fields.problem("area", "is required of " + kind + ": its m2");
            }
            Spelling.nearest(kind, Set.of("fence", "soil", "stockpile", "road"))
                    .filter(near -> !near.equals(kind))
                    .ifPresent(near -> fields.problem("kind", "is " + kind + "; did you mean " + near + "?"));
            OptionalDouble size = fence || area.isEmpty() ? length : area;
            SiteUnit unit = new SiteUnit(id, kind, size.orElse(1), height, road, period(fields));
            fields.done();
            return unit;
        }).toList();
    }

    private List<Gate> gates() {
        Set<String> seen = new LinkedHashSet<>();
        return site.children("gates").stream().map(fields -> {
            String id = unique(fields, seen, "gate");
            roadClass(fields);
            Gate gate = new Gate(id, fields.flag("wheelCamera", false), period(fields));
            fields.done();
            return gate;
        }).toList();
    }

    static String unique(Fields fields, Set<String> seen, String what) {
        String id = id(fields, "id");
        if (fields.has("id") && !seen.add(id)) {
            fields.problem("id", "names a second " + what + " " + id);
        }
        return id;
    }

    static DatePeriod period(Fields fields) {
        Optional<LocalDate> from = fields.optionalDate("from");
        Optional<LocalDate> to = fields.optionalDate("to");
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            fields.problem("to", "must not be before from, got " + from.get() + ".." + to.get());
            return DatePeriod.ALWAYS;
        }
        return new DatePeriod(from, to);
    }

    private static Optional<RoadClass> roadClass(Fields fields) {
        Function<String, Optional<RoadClass>> words = Words.reader(RoadClass.values());
        return fields.optionalWord("roadClass", words, "main, secondary, other");
    }

    /** A measure above zero; a wrong one is noted and left out. */
    static OptionalDouble size(Fields fields, String key) {
        OptionalDouble value = fields.optionalNumber(key);
        if (value.isPresent() && value.getAsDouble() <= 0) {
            fields.problem(key, "must be above 0, got " + value.getAsDouble());
            return OptionalDouble.empty();
        }
        return value;
    }

    private static OptionalDouble sizeOrZero(Fields fields, String key) {
        OptionalDouble value = fields.optionalNumber(key);
        if (value.isPresent() && value.getAsDouble() < 0) {
            fields.problem(key, "must not be below 0, got " + value.getAsDouble());
            return OptionalDouble.empty();
        }
        return value;
    }

    static Set<String> ids(List<SiteUnit> units) {
        return units.stream().map(SiteUnit::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
