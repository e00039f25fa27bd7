package dustwarden.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dustwarden.core.alarm.AlarmEvent;
import dustwarden.core.judge.Reason;
import dustwarden.core.model.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The one written form of a decision: a JSON object in a fixed order without spaces, times ISO 8601 in the site's
 * offset. What is stored, shown, sent and hashed is this.
 */
public final class DecisionJson {
    private static final JsonFactory JSON = new JsonFactory();

    private DecisionJson() {}

    /** An instant, epoch ms, as it stands in every decision. */
    public static String time(long at, ZoneId zone) {
        return DecisionJsonTime.of(at, zone);
    }

    /** Writes a decision about a site whose zone is given. */
    public static String write(Decision decision, ZoneId zone) {
        return text(decision, zone).toString();
    }

    /** The same in UTF-8. */
    public static byte[] bytes(Decision decision, ZoneId zone) {
        return text(decision, zone).toBytes();
    }

    private static DecisionJsonText text(Decision decision, ZoneId zone) {
        DecisionJsonText text = new DecisionJsonText();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("type", decision.type());
            out.writeStringField("at", time(decision.at(), zone));
            out.writeNumberField("offset", decision.offset());
            if (decision instanceof Decision.Verdict v) {
                verdict(out, v, zone);
            } else if (decision instanceof Decision.Alarm a) {
                alarm(out, a, zone);
            } else if (decision instanceof Decision.Mean m) {
                mean(out, m, zone);
            } else if (decision instanceof Decision.Rejection r) {
                optional(out, "site", r.site());
                optional(out, "device", r.device());
                if (r.element().isPresent()) {
                    out.writeNumberField("element", r.element().getAsInt());
                }
                out.writeStringField("reason", r.reason());
                out.writeStringField("detail", r.detail());
            } else if (decision instanceof Decision.Finding f) {
                out.writeStringField("site", f.site());
                out.writeStringField("device", f.device());
                out.writeStringField("kind", f.kind());
                params(out, "numbers", f.numbers());
            } else if (decision instanceof Decision.Filed f) {
                filing(out, f, zone);
            } else if (decision instanceof Decision.Notice n) {
                notice(out, n, zone);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes all that is written", e);
        }
        return text;
    }

    private static void verdict(JsonGenerator out, Decision.Verdict v, ZoneId zone) throws IOException {
        optional(out, "id", v.id());
        out.writeStringField("site", v.site());
        out.writeStringField("item", v.item());
        optional(out, "rule", v.rule());
        optional(out, "rulebook", v.rulebook());
        optional(out, "hash", v.hash());
        out.writeStringField("from", time(v.from(), zone));
        optionalTime(out, "to", v.to(), zone);
        out.writeStringField("state", v.state().name());
        number(out, "low", v.low());
        number(out, "high", v.high());
        number(out, "capture", v.capture());
        reasons(out, v.reasons());
        out.writeArrayFieldStart("proof");
        for (long offset : v.proof()) {
            out.writeNumber(offset);
        }
        out.writeEndArray();
        if (v.cited().isPresent()) {
            Decision.Verdict.Cited cited = v.cited().get();
            out.writeStringField("clause", cited.clause());
            out.writeStringField("confidence", cited.confidence());
            if (!cited.unconfirmed().isEmpty()) {
                out.writeFieldName("unconfirmed");
                value(out, cited.unconfirmed());
            }
        }
        if (v.shadow()) {
            out.writeBooleanField("shadow", true);
        }
        if (v.dust().isPresent()) {
            params(out, "dust", v.dust().get());
        }
        out.writeBooleanField("final", v.isFinal());
        optional(out, "supersedes", v.supersedes());
    }

    private static void alarm(JsonGenerator out, Decision.Alarm decision, ZoneId zone) throws IOException {
        AlarmEvent.Transition a = decision.is();
        out.writeStringField("id", a.id());
        out.writeStringField("site", decision.site());
        out.writeStringField("item", a.item());
        out.writeStringField("rule", a.rule());
        out.writeStringField("subject", a.subject());
        out.writeStringField("priority", a.priority().name().toLowerCase(Locale.ROOT));
        out.writeStringField("transition", a.transition());
        out.writeStringField("state", a.state());
        out.writeStringField("raisedAt", time(a.raisedAt(), zone));
        optionalTime(out, "returnedAt", a.returnedAt(), zone);
        out.writeNumberField("occurrences", a.occurrences());
        optional(out, "peak", a.peak());
        optional(out, "limit", a.limit());
        reasons(out, a.reasons());
        optional(out, "person", a.said().person());
        optional(out, "text", a.said().text());
        texts(out, "pictures", a.said().pictures());
        AlarmEvent.Handling handling = a.handling();
        optionalTime(out, "until", handling.until(), zone);
        optional(out, "coveredBy", handling.coveredBy());
        optionalTime(out, "acknowledgeBy", handling.acknowledgeBy(), zone);
        optionalTime(out, "rectifyBy", handling.rectifyBy(), zone);
        level(out, handling.level());
        if (handling.flapping()) {
            out.writeBooleanField("flapping", true);
        }
        out.writeNumberField("version", a.version());
    }

    private static void notice(JsonGenerator out, Decision.Notice n, ZoneId zone) throws IOException {
        out.writeStringField("site", n.site());
        out.writeStringField("alarm", n.alarm());
        out.writeStringField("receiver", n.receiver());
        optional(out, "language", n.language());
        out.writeStringField("channel", n.channel());
        out.writeStringField("transition", n.transition());
        level(out, n.level());
        optional(out, "escalation", n.escalation());
        optionalTime(out, "until", n.until(), zone);
        optional(out, "deferred", n.deferred());
        if (n.next().isPresent()) {
            out.writeObjectFieldStart("next");
            out.writeStringField("role", n.next().get().role());
            out.writeStringField("at", time(n.next().get().at(), zone));
            out.writeEndObject();
        }
    }

    private static void filing(JsonGenerator out, Decision.Filed decision, ZoneId zone) throws IOException {
        Filing f = decision.filing();
        out.writeStringField("id", f.id());
        out.writeStringField("site", decision.site());
        out.writeStringField("kind", f.kind().wire());
        out.writeStringField("state", f.state());
        optional(out, "device", f.device());
        optional(out, "rule", f.rule());
        optional(out, "unit", f.unit());
        optional(out, "about", f.about());
        optional(out, "reason", f.reason());
        optionalTime(out, "from", f.from(), zone);
        optionalTime(out, "to", f.to(), zone);
        out.writeStringField("person", f.person());
        out.writeStringField("text", f.text());
        texts(out, "pictures", f.pictures());
        optional(out, "approvedBy", f.approvedBy());
    }

    /** The first rung of a ladder goes without saying. */
    private static void level(JsonGenerator out, int level) throws IOException {
        if (level > 0) {
            out.writeNumberField("level", level);
        }
    }

    private static void texts(JsonGenerator out, String field, List<String> texts) throws IOException {
        if (!texts.isEmpty()) {
            out.writeArrayFieldStart(field);
            for (String text : texts) {
                out.writeString(text);
            }
            out.writeEndArray();
        }
    }

    private static void mean(JsonGenerator out, Decision.Mean m, ZoneId zone) throws IOException {
        out.writeStringField("site", m.site());
        out.writeStringField("device", m.device());
        out.writeStringField("quantity", m.quantity().wire());
        out.writeStringField("period", Duration.ofMillis(m.periodMs()).toString());
        out.writeStringField("start", time(m.start(), zone));
        if (m.mean().isPresent()) {
            number(out, "mean", m.mean().getAsDouble());
        } else {
            out.writeNullField("mean");
        }
        number(out, "capture", m.capture());
        out.writeStringField("flag", m.flag().name());
        optional(out, "limit", m.limit());
    }

    /** Writes reasons as {@code [{"code":…,"params":{…}}]} under {@code reasons}. */
    private static void reasons(JsonGenerator out, List<Reason> reasons) throws IOException {
        out.writeArrayFieldStart("reasons");
        for (Reason reason : reasons) {
            out.writeStartObject();
            out.writeStringField("code", reason.code());
            params(out, "params", reason.params());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void params(JsonGenerator out, String field, Map<String, Object> params) throws IOException {
        out.writeObjectFieldStart(field);
        for (Map.Entry<String, Object> param : params.entrySet()) {
            out.writeFieldName(param.getKey());
            value(out, param.getValue());
        }
        out.writeEndObject();
    }

    private static void value(JsonGenerator out, Object value) throws IOException {
        if (value instanceof Double d) {
            number(out, d);
        } else if (value instanceof Long l) {
            out.writeNumber(l);
        } else if (value instanceof Integer i) {
            out.writeNumber(i);
        } else if (value instanceof Boolean b) {
            out.writeBoolean(b);
        } else if (value instanceof Text t) {
            out.writeStartObject();
            out.writeStringField("zh", t.zh());
            out.writeStringField("en", t.en());
            out.writeEndObject();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> each : map.entrySet()) {
                out.writeFieldName(String.valueOf(each.getKey()));
                value(out, each.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object each : list) {
                value(out, each);
            }
            out.writeEndArray();
        } else {
            out.writeString(String.valueOf(value));
        }
    }

    /** A whole number is written with one decimal, so that a field's type never changes. */
    private static void number(JsonGenerator out, String field, double value) throws IOException {
        out.writeFieldName(field);
        number(out, value);
    }

    private static void number(JsonGenerator out, double value) throws IOException {
        out.writeNumber(value == 0 ? 0.0 : value);
    }

    private static void optional(JsonGenerator out, String field, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            out.writeStringField(field, value.get());
        }
    }

    private static void optional(JsonGenerator out, String field, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            number(out, field, value.getAsDouble());
        }
    }

    private static void optionalTime(JsonGenerator out, String field, OptionalLong at, ZoneId zone) throws IOException {
        if (at.isPresent()) {
            out.writeStringField(field, time(at.getAsLong(), zone));
        }
    }
}
