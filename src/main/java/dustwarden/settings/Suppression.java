package dustwarden.settings;

import dustwarden.command.SprayTerms;
import dustwarden.command.SprayTerms.Mode;
import dustwarden.core.model.Site;
import dustwarden.core.model.SprayPlan;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * When sprays run by themselves.
 *
 * @param common for sites that have nothing of their own
 * @param sites by site id
 */
public record Suppression(SprayTerms common, Map<String, SprayTerms> sites) {
    public Suppression {
        sites = Map.copyOf(sites);
    }

    /** What holds at a site: its own file goes before the settings, theirs for the site before theirs for all. */
    public SprayTerms of(Site site) {
        SprayTerms s = sites.getOrDefault(site.id(), common);
        SprayPlan own = site.suppression();
        if (own.equals(SprayPlan.NONE)) {
            return s;
        }
        double start = own.number("start").orElse(s.start());
        double stop = Math.min(start, own.number("stop").orElse(start * s.stopShare()));
        Duration minRun = span(own, "minRun", s.minRun());
        Duration maxRun = span(own, "maxRun", s.maxRun());
        // Where the file has one of the two, the other gives way.
        minRun = own.span("minRun").isEmpty() && minRun.compareTo(maxRun) > 0 ? maxRun : minRun;
        maxRun = maxRun.compareTo(minRun) < 0 ? minRun : maxRun;
        return new SprayTerms(
                own.mode().map(mode -> Mode.valueOf(mode.toUpperCase(Locale.ROOT).replace('-', '_'))).orElse(s.mode()), start,
                stop / start, span(own, "startFor", s.startFor()), span(own, "stopFor", s.stopFor()), minRun,
                span(own, "minPause", s.minPause()), maxRun, span(own, "maxDay", s.maxDay()), own.number("frost").orElse(s.frost()),
                own.number("rain").orElse(s.rain()), span(own, "stale", s.stale()), span(own, "answer", s.answer()),
                span(own, "effectAfter", s.effectAfter()), own.number("effectDrop").orElse(s.effectDrop()));
    }

    private static Duration span(SprayPlan own, String key, Duration otherwise) {
        return own.span(key).isPresent() ? Duration.ofMillis(own.span(key).getAsLong()) : otherwise;
    }
}
