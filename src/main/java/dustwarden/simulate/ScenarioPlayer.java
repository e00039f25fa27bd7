package dustwarden.simulate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Turns a scenario into messages: the same scenario and window always give the same bytes.
 *
 * <p>Windows are half open and add up: two windows that meet give together what the whole gives.
 */
public final class ScenarioPlayer {

    private static final Comparator<Publication> ORDER = Comparator
            .comparing(Publication::at)
            .thenComparing(Publication::topic)
            .thenComparing(Publication::payload, java.util.Arrays::compare);

    private final Scenario scenario;
    private final List<Voice> voices;

    public ScenarioPlayer(Scenario scenario) {
        this.scenario = scenario;
        this.voices = new ArrayList<>();
        Noise seed = new Noise(scenario.seed());
        for (SiteScript script : scenario.sites()) {
            for (SimulatedDevice device : script.site().devices()) {
                voices.add(new DeviceVoice(script, device, seed));
            }
        }
        scenario.regions().forEach(region -> voices.add(new RegionVoice(region)));
    }

    /** The scenario that is played. */
    public Scenario scenario() {
        return scenario;
    }

    /** What is published from inclusive to exclusive, in order of time; the time inside is the schedule's. */
    public List<Publication> between(Instant from, Instant to) {
        return between(from, to, UnaryOperator.identity());
    }

    /**
     * The same with another time inside.
     *
     * @param stamp the true time that a moment of the schedule stands for; it must not run backwards
     */
    public List<Publication> between(Instant from, Instant to, UnaryOperator<Instant> stamp) {
        List<Publication> publications = new ArrayList<>();
        voices.forEach(voice -> voice.between(from, to, stamp, publications::add));
        publications.sort(ORDER);
        return publications;
    }

    /** What all devices publish on connecting: status online, retained, and the state each is in. */
    public List<Publication> opening(Instant at) {
        return opening(at, UnaryOperator.identity());
    }

    /** The same with another time inside. */
    public List<Publication> opening(Instant at, UnaryOperator<Instant> stamp) {
        List<Publication> publications = new ArrayList<>();
        voices.forEach(voice -> voice.opening(at, stamp, publications::add));
        return publications;
    }
}
