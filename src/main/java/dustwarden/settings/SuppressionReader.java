package dustwarden.settings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dustwarden.command.SprayTerms;
import dustwarden.command.SprayTerms.Mode;
import dustwarden.core.model.Fields;
import dustwarden.core.model.Fields.Problems;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads when sprays run by themselves: for every site, and what one site has otherwise. */
final class SuppressionReader {
    private final Problems problems;

    SuppressionReader(Problems problems) {
        this.problems = problems;
    }

    Suppression read(Fields all) {
        Fields fields = all.child("suppression");
        SprayTerms common = terms(fields, SprayTerms.DEFAULT);
        Map<String, SprayTerms> sites = new TreeMap<>();
        Fields map = fields.child("sites");
        fields.raw("sites").ifPresent(node -> node.fieldNames().forEachRemaining(site -> {
            Fields one = map.raw(site)
                    .map(n -> new Fields(n, map.path() + "." + site, problems))
                    .orElseGet(() -> new Fields(JsonNodeFactory.instance.objectNode(), map.path() + "." + site, problems));
            sites.put(site, terms(one, common));
            one.done();
        }));
        fields.done();
        return new Suppression(common, sites);
    }

    private static SprayTerms terms(Fields fields, SprayTerms otherwise) {
        Mode mode = fields.optionalWord("mode", SuppressionReader::mode, "off, dry-run, on").orElse(otherwise.mode());
        double start = number(fields, "start", otherwise.start(), 1, 10_000);
        double stop = number(fields, "stop", start * otherwise.stopShare(), 0.1, start);
        Duration minRun = span(fields, "minRun", otherwise.minRun());
        Duration maxRun = span(fields, "maxRun", otherwise.maxRun());
        if (maxRun.compareTo(minRun) < 0) {
            fields.problem("maxRun", "must not be shorter than minRun, " + minRun);
            maxRun = minRun;
        }
        return new SprayTerms(
                mode, start, stop / start, span(fields, "startFor", otherwise.startFor()), span(fields, "stopFor", otherwise.stopFor()),
                minRun, span(fields, "minPause", otherwise.minPause()), maxRun, span(fields, "maxDay", otherwise.maxDay()),
                number(fields, "frost", otherwise.frost(), -40, 40), number(fields, "rain", otherwise.rain(), 0.01, 1_000),
                span(fields, "stale", otherwise.stale()), span(fields, "answer", otherwise.answer()),
                span(fields, "effectAfter", otherwise.effectAfter()), number(fields, "effectDrop", otherwise.effectDrop(), 0, 0.99));
    }

    private static Optional<Mode> mode(String word) {
        return switch (word) {
            case "off" -> Optional.of(Mode.OFF);
            case "dry-run" -> Optional.of(Mode.DRY_RUN);
            case "on" -> Optional.of(Mode.ON);
            default -> Optional.empty();
        };
    }

    private static double number(Fields fields, String key, double otherwise, double least, double most) {
        double value = fields.optionalNumber(key).orElse(otherwise);
        if (value < least || value > most) {
            fields.problem(key, "lies in " + least + " to " + most + ", got " + value);
            return otherwise;
        }
        return value;
    }

    private static Duration span(Fields fields, String key, Duration otherwise) {
        return Duration.ofMillis(fields.duration(key, otherwise.toMillis()));
    }
}
