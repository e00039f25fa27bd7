package dustwarden.core;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Observation.Background;
import dustwarden.core.model.Observation.Camera;
import dustwarden.core.model.Observation.Interval;
import dustwarden.core.model.Observation.Order;
import dustwarden.core.model.Observation.Passage;
import dustwarden.core.model.Observation.Reading;
import dustwarden.core.model.Observation.Running;
import dustwarden.core.model.Observation.Spray;
import dustwarden.core.model.Observation.Status;
import dustwarden.core.model.Observation.UnitReport;
import dustwarden.core.model.Values;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The written form of an observation: its {@code type}, who said it, and then the keys of the payload that says it on
 * MQTT, with what an absent key means filled in and what is unknown left out.
 */
public final class ObservationJson {
    private final ObjectNode out = JsonNodeFactory.instance.objectNode();
    private final ZoneId zone;

    private ObservationJson(ZoneId zone) {
        this.zone = zone;
    }

    /** One observation; times are ISO 8601 in the offset of the zone. */
    public static ObjectNode of(Observation said, ZoneId zone) {
        return new ObservationJson(zone).write(said);
    }

    private ObjectNode write(Observation said) {
        if (said instanceof Reading reading) {
            device("reading", said);
            reading.seq().ifPresent(seq -> out.put("seq", seq));
            values(reading.values());
        } else if (said instanceof Interval interval) {
            device("interval", said);
            out.put("period", Duration.ofMillis(interval.periodMs()).toString());
            values(interval.values());
        } else if (said instanceof Camera camera) {
            device("camera", said);
            out.put("online", camera.online());
            claim("recording", camera.recording());
            claim("blocked", camera.blocked());
            claim("moved", camera.moved());
        } else if (said instanceof Passage passage) {
            device("passage", said);
            passage(passage);
        } else if (said instanceof UnitReport unit) {
            device("unit", said);
            unit(unit);
        } else if (said instanceof Running running) {
            device("activity", said);
            out.put("activity", running.activity().wire());
            text("zone", running.zone());
            out.put("running", running.running());
        } else if (said instanceof Spray spray) {
            device("spray", said);
            out.put("on", spray.on());
            spray.flow().ifPresent(flow -> out.put("flow", flow));
        } else if (said instanceof Status status) {
            device("status", said);
            // The time is that of receipt, not a word of the device.
            out.remove("ts");
            out.put("state", status.online() ? "online" : "offline");
            status.position().ifPresent(p -> out.putArray("position").add(p.latitude()).add(p.longitude()));
        } else if (said instanceof Background background) {
            region("background", said);
            out.put("ts", time(said.ts()));
            out.put("period", Duration.ofMillis(background.periodMs()).toString());
            values(background.values());
        } else {
            order((Order) said);
        }
        return out;
    }

    private void device(String type, Observation said) {
        out.put("type", type);
        out.put("site", said.site());
        out.put("device", said.device());
        out.put("ts", time(said.ts()));
    }

    private void region(String type, Observation said) {
        out.put("type", type);
        out.put("region", said.site());
    }

    private void passage(Passage passage) {
        out.put("id", passage.id());
        out.put("direction", word(passage.direction()));
        out.put("vehicle", word(passage.vehicle()));
        text("plate", passage.plate());
        claim("loaded", passage.loaded());
        passage.cargo().ifPresent(cargo -> out.put("cargo", word(cargo)));
        claim("covered", passage.covered());
        claim("overfull", passage.overfull());
        if (!passage.wash().equals(Observation.Wash.UNKNOWN)) {
            ObjectNode wash = out.putObject("wash");
            passage.wash().seconds().ifPresent(seconds -> wash.put("seconds", seconds));
            known(passage.wash().pump(), pump -> wash.put("pump", pump));
            wash.put("wheels", word(passage.wash().wheels()));
        }
        claim("bypass", passage.bypass());
        text("picture", passage.picture());
    }

    private void unit(UnitReport unit) {
        out.put("unit", unit.unit());
        out.put("good", unit.good());
        out.put("share", unit.share());
        out.put("active", unit.active());
        out.put("source", word(unit.source()));
        out.put("by", word(unit.by()));
        out.put("confirmed", unit.confirmed());
        text("picture", unit.picture());
    }

    private void order(Order order) {
        region("order", order);
        out.put("id", order.id());
        out.put("kind", order.kind());
        text("grade", order.grade());
        out.put("from", time(order.ts()));
        out.put("to", time(order.to()));
        var bans = out.putArray("bans");
        order.bans().stream().map(Activity::wire).forEach(bans::add);
        var exempt = out.putArray("exempt");
        order.exempt().forEach(exempt::add);
    }

    private void values(Values values) {
        ObjectNode numbers = out.putObject("values");
        ObjectNode flags = out.putObject("flags");
        values.forEach((quantity, value) -> {
            numbers.put(quantity.wire(), value.number());
            flags.put(quantity.wire(), value.flag().name());
        });
    }

    private void text(String key, Optional<String> text) {
        text.ifPresent(t -> out.put(key, t));
    }

    private void claim(String key, Claim claim) {
        known(claim, said -> out.put(key, said));
    }

    private static void known(Claim claim, Consumer<Boolean> said) {
        if (claim != Claim.UNKNOWN) {
            said.accept(claim == Claim.YES);
        }
    }

    private String time(long at) {
        return DecisionJson.time(at, zone);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
