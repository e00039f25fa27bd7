package dustwarden.command;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.command.SprayMachine.Step;
import dustwarden.core.DecisionJson;
import dustwarden.core.Taken;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Site;
import dustwarden.series.Cursor;
import dustwarden.series.Json;
import dustwarden.series.Listed;
import dustwarden.series.LogBatch;
import dustwarden.series.View;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops sprays and fog cannons by what the journal says, as a view of it.
 *
 * <p>Gives no command while it is behind, or while a past is played: only what was received within the last seconds by the
 * wall's clock counts as now. A command is kept before it goes out. What came of it goes into the journal, where the core
 * raises and clears the alarm.
 */
public final class SprayView implements View {
    private static final Logger LOG = LoggerFactory.getLogger(SprayView.class);
    private static final long NOW_WITHIN_MS = Duration.ofSeconds(15).toMillis();
    private static final double FLOW_MIN = 1;
    private static final int STEPS_AT_ONE_LOOK = 3;

    /**
     * What it acts through.
     *
     * @param terms of a site
     * @param publish at QoS 1; completes when the broker has it
     * @param journal takes an act as JSON
     * @param wall the clock on the wall, whatever clock judges
     */
    public record Doors(
            Function<Site, SprayTerms> terms,
            Publisher publish,
            Consumer<String> journal,
            InstantSource wall) {}

    /** Publishes one message. */
    @FunctionalInterface
    public interface Publisher {
        CompletableFuture<Void> publish(String topic, byte[] body);
    }

    private final SprayStore store;
    private final Doors doors;
    private final Map<String, SprayMemory> memories;
    private final Map<String, SiteAir> airs = new HashMap<>();
    private final Map<String, ZoneId> zones = new java.util.concurrent.ConcurrentHashMap<>();
    private Cursor cursor;

    /** @param start where a view that is new begins: it has no use for the past */
    public SprayView(Path directory, Cursor start, Doors doors) {
        this.store = new SprayStore(directory);
        this.doors = doors;
        this.memories = store.memories();
        this.cursor = store.cursor().orElse(start);
        again();
    }

    // What was about to go out at a crash goes out once more while it is still meant; else it is noted as lost.
    private void again() {
        long now = doors.wall().millis();
        for (SprayStore.Row row : store.open()) {
            if (now - row.at() <= NOW_WITHIN_MS) {
                publish(row, true, ZoneId.of("UTC"));
            } else {
                store.end(row.id(), "lost");
            }
        }
    }

    @Override
    public String name() {
        return "commands";
    }

    @Override
    public Cursor cursor() {
        return cursor;
    }

    /** Commands as JSON of the API, newest first. @param sight only of these sites; empty: of all */
    public Listed list(Optional<String> site, Optional<Set<String>> sight, int limit, Optional<String> from) {
        return store.list(site, sight, limit, from, s -> zones.getOrDefault(s, ZoneId.of("Asia/Shanghai")));
    }

    @Override
    public void apply(LogBatch batch) {
        for (LogBatch.Step step : batch.steps()) {
            step.taken().forEach(t -> take(t, step));
        }
        long now = batch.received();
        Map<String, SprayMemory> changed = new LinkedHashMap<>();
        List<SprayStore.Row> commands = new ArrayList<>();
        Map<String, String> outcomes = new LinkedHashMap<>();
        Map<String, String> effects = new LinkedHashMap<>();
        boolean live = Math.abs(doors.wall().millis() - now) <= NOW_WITHIN_MS;
        List<Runnable> after = new ArrayList<>();
        if (live && !batch.steps().isEmpty()) {
            var content = batch.steps().get(batch.steps().size() - 1).content();
            for (LogBatch.Decided decided : batch.decisions()) {
                if (decided.is("finding")) {
                    override(decided.json(), content.register().site(decided.site()), now, commands, changed);
                }
            }
            for (Site site : content.register().sites()) {
                if (doors.terms().apply(site).mode() != SprayTerms.Mode.OFF) {
                    site.devices().stream().filter(d -> d.kind() == DeviceKind.SPRAY && site.suppression().runs(d.id()))
                            .forEach(d -> look(site, d, now, commands, outcomes, effects, changed, after));
                }
            }
        }
        store.keep(batch.next(), changed, commands, outcomes, effects);
        cursor = batch.next();
        commands.stream().filter(c -> !c.dry()).forEach(c -> publish(c, false, zones.get(c.site())));
        after.forEach(Runnable::run);
    }

    private void take(Taken taken, LogBatch.Step step) {
        Observation observation = taken.observation();
        if (observation instanceof Observation.Background background) {
            background(background, step);
            return;
        }
        if (taken.site().isEmpty()) {
            return;
        }
        Site site = taken.site().get();
        zones.put(site.id(), site.zone());
        if (doors.terms().apply(site).mode() == SprayTerms.Mode.OFF) {
            return;
        }
        if (observation instanceof Observation.Reading reading) {
            airs.computeIfAbsent(site.id(), s -> new SiteAir()).take(reading, step.received());
        } else if (observation instanceof Observation.Spray spray && taken.device().isPresent()) {
            boolean on = spray.on() && (spray.flow().isEmpty() || spray.flow().getAsDouble() >= FLOW_MIN);
            machine(site, taken.device().get()).reported(on, step.received());
        }
    }

    private void background(Observation.Background background, LogBatch.Step step) {
        if (!background.values().has(Quantity.PM10)) {
            return;
        }
        for (Site site : step.content().register().sites()) {
            if (List.of(site.region().split("/")).contains(background.site())) {
                airs.computeIfAbsent(site.id(), s -> new SiteAir())
                        .background(step.received(), background.values().get(Quantity.PM10).number());
            }
        }
    }

    private SprayMachine machine(Site site, Device device) {
        SprayMemory memory = memories.computeIfAbsent(site.id() + "/" + device.id(), n -> new SprayMemory());
        return new SprayMachine(site, device, doors.terms().apply(site), memory);
    }

    private void override(JsonNode finding, Optional<Site> site, long now, List<SprayStore.Row> commands,
            Map<String, SprayMemory> changed) {
        Optional<Device> device = site.flatMap(s -> s.device(finding.path("device").asText()));
        if (!finding.path("kind").asText().equals("spray-override") || device.isEmpty()) {
            return;
        }
        String mode = finding.path("numbers").path("mode").asText();
        Optional<Boolean> on = mode.equals("auto") ? Optional.empty() : Optional.of(mode.equals("on"));
        SprayMachine machine = machine(site.get(), device.get());
        // A person's word is obeyed whatever the mode: it was given for this one spray.
        machine.override(on, until(finding.path("numbers").path("until").asText(), now), now)
                .ifPresent(step -> command((Step.Command) step, site.get(), device.get(), false, now, commands));
        changed.put(site.get().id() + "/" + device.get().id(), machine.memory());
    }

    private static long until(String text, long otherwise) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }

    private void look(Site site, Device device, long now, List<SprayStore.Row> commands, Map<String, String> outcomes,
            Map<String, String> effects, Map<String, SprayMemory> changed, List<Runnable> after) {
        SprayMachine machine = machine(site, device);
        boolean dry = doors.terms().apply(site).mode() == SprayTerms.Mode.DRY_RUN;
        SiteAir air = airs.computeIfAbsent(site.id(), s -> new SiteAir());
        for (int i = 0; i < STEPS_AT_ONE_LOOK; i++) {
            Optional<Step> step = machine.due(air, now);
            if (step.isEmpty()) {
                break;
            }
            if (step.get() instanceof Step.Command c) {
                command(c, site, device, dry, now, commands);
                if (dry) {
                    // What would have been done is taken as done, so that the log shows the whole run.
                    machine.reported(c.on(), now);
                    machine.memory().effectDue = 0;
                }
            } else if (step.get() instanceof Step.Unanswered u) {
                outcomes.put(u.command(), "unanswered");
                after.add(() -> doors.journal().accept(act(site, device, "unanswered", false, Map.of("command", u.command()))));
            } else if (step.get() instanceof Step.Effect e) {
                effects.put(e.command(), e.effective() ? "proven" : "none");
                after.add(() -> doors.journal().accept(act(site, device, "effect", e.effective(), Map.of(
                        "command", e.command(), "before", e.before(), "after", e.after(), "reference", e.reference(),
                        "monitor", e.monitor()))));
            }
        }
        if (!machine.memory().answered.isEmpty()) {
            outcomes.put(machine.memory().answered, "answered");
            machine.memory().answered = "";
        }
        changed.put(site.id() + "/" + device.id(), machine.memory());
    }

    private static String act(Site site, Device device, String cause, boolean effective, Map<String, Object> numbers) {
        var json = Json.object().put("act", "effect").put("site", site.id()).put("device", device.id())
                .put("cause", cause).put("effective", effective).put("person", "dustwarden");
        var params = json.putObject("numbers");
        new java.util.TreeMap<>(numbers).forEach((name, value) -> {
            if (value instanceof Double d) {
                params.put(name, Math.round(d * 10) / 10.0);
            } else {
                params.put(name, String.valueOf(value));
            }
        });
        return json.toString();
    }

    private void command(Step.Command c, Site site, Device device, boolean dry, long now, List<SprayStore.Row> commands) {
        zones.put(site.id(), site.zone());
        commands.add(new SprayStore.Row(c.id(), now, site.id(), device.id(), c.on(), c.until(), c.reason(), c.value(), dry));
        LOG.atInfo()
                .addKeyValue("site", site.id())
                .addKeyValue("device", device.id())
                .addKeyValue("spray", c.on())
                .addKeyValue("reason", c.reason())
                .addKeyValue("pm10", c.value().isPresent() ? c.value().getAsDouble() : "unknown")
                .log(dry ? "a spray would be told" : "a spray is told");
    }

    private void publish(SprayStore.Row row, boolean repeat, ZoneId zone) {
        var json = Json.object().put("id", row.id()).put("spray", row.on());
        if (row.until() > 0) {
            json.put("until", DecisionJson.time(row.until(), zone));
        }
        json.put("reason", row.reason());
        if (repeat) {
            json.put("repeat", true);
        }
        doors.publish()
                .publish("warden/v1/" + row.site() + "/" + row.device() + "/set", json.toString().getBytes(StandardCharsets.UTF_8))
                .whenComplete((done, trouble) -> {
                    if (trouble != null) {
                        LOG.atWarn().addKeyValue("site", row.site()).addKeyValue("device", row.device())
                                .log("the broker did not take a command; the spray's silence will tell");
                    }
                    store.end(row.id(), trouble == null ? "sent" : "not-sent");
                });
    }

    @Override
    public void quarantine(LogBatch batch, String reason) {
        store.keep(batch.next(), Map.of(), List.of(), Map.of(), Map.of());
        cursor = batch.next();
    }

    @Override
    public void close() {
        store.close();
    }
}
