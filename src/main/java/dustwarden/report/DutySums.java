package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/**
 * Worked and wet time of a duty's day out of its parts. Where something is unknown the lower share takes it for dry and the
 * higher for wet; each line says what it counts in either.
 */
final class DutySums {
    /** What a part of the day is worth. */
    private enum Mode {
        IDLE,
        WET,
        DRY,
        EXEMPT
    }

    private final List<JsonNode> parts;
    private final long dayStart;
    private final long graceMs;

    DutySums(List<JsonNode> lines) {
        this.parts = lines.stream().filter(l -> l.path("what").asText().equals("part")).toList();
        JsonNode terms = lines.stream().filter(l -> l.path("what").asText().equals("terms")).findFirst().orElseThrow();
        this.dayStart = Evidence.millis(terms.path("dayStart").asText());
        this.graceMs = terms.path("graceMs").asLong();
    }

    /** @param state of the verdict: one that is unknown and lost nothing yet may still lose all */
    double[] share(String state) {
        Function<JsonNode, Mode> lowest = lower(p -> mode(p, false, unwatched(p, Mode.DRY)), p -> mode(p, false, dryOnly(p)));
        Function<JsonNode, Mode> highest = higher(p -> mode(p, true, unwatched(p, Mode.WET)), p -> mode(p, true, mixed(p)));
        double low = thousandth(run(lowest, "low"));
        double high = thousandth(run(highest, "high"));
        boolean nothingLost = state.equals("UNKNOWN") && low == 1;
        return new double[] {nothingLost ? 0 : low, Math.max(low, high)};
    }

    private Function<JsonNode, Mode> lower(Function<JsonNode, Mode> one, Function<JsonNode, Mode> other) {
        return run(one, "") <= run(other, "") ? one : other;
    }

    private Function<JsonNode, Mode> higher(Function<JsonNode, Mode> one, Function<JsonNode, Mode> other) {
        return run(one, "") >= run(other, "") ? one : other;
    }

    private static boolean isDry(JsonNode part, boolean best) {
        return part.path("wet").asText().equals("no") || part.path("wet").asText().equals("unknown") && !best;
    }

    private static Mode working(JsonNode part, boolean dry) {
        return part.path("exempt").asBoolean() ? Mode.EXEMPT : dry ? Mode.DRY : Mode.WET;
    }

    private static Mode mode(JsonNode part, boolean best, Mode unwatched) {
        String runs = part.path("runs").asText();
        return runs.equals("no") ? Mode.IDLE : runs.equals("yes") ? working(part, isDry(part, best)) : unwatched;
    }

    /** Unwatched work went on as it suits, wherever that is not disproved. */
    private static Mode unwatched(JsonNode part, Mode wanted) {
        boolean best = wanted == Mode.WET;
        boolean dry = isDry(part, best);
        return best && dry ? Mode.IDLE : working(part, dry);
    }

    /** Unwatched work went on only where it was dry. */
    private static Mode dryOnly(JsonNode part) {
        return isDry(part, false) ? working(part, true) : Mode.IDLE;
    }

    /** Unwatched time was idle where that earns a new grace. */
    private Mode mixed(JsonNode part) {
        boolean idle = isDry(part, true) || part.path("unwatchedMs").asLong() >= graceMs;
        return idle ? Mode.IDLE : working(part, false);
    }

    /** @param side names the figures that each line gets; empty for none */
    private double run(Function<JsonNode, Mode> modes, String side) {
        long graceLeft = graceMs;
        long idle = 0;
        long worked = 0;
        long wet = 0;
        for (JsonNode part : parts) {
            long from = Evidence.millis(part.path("from").asText());
            long length = Evidence.millis(part.path("to").asText()) - from;
            Mode mode = modes.apply(part);
            long counted = 0;
            if (mode == Mode.IDLE) {
                idle += length;
                graceLeft = idle >= graceMs ? graceMs : graceLeft;
            } else {
                idle = 0;
                long grace = Math.min(length, graceLeft);
                graceLeft -= grace;
                counted = mode == Mode.EXEMPT || from + grace < dayStart ? 0 : length - grace;
            }
            long wetHere = mode == Mode.WET ? counted : 0;
            worked += counted;
            wet += wetHere;
            if (!side.isEmpty()) {
                ((ObjectNode) part).put(side + "WorkedMs", counted).put(side + "WetMs", wetHere);
            }
        }
        return worked == 0 ? 1 : (double) wet / worked;
    }

    private static double thousandth(double share) {
        return Math.round(share * 1000) / 1000.0;
    }
}
