package dustwarden.core;

import dustwarden.core.decode.Decoded;
import dustwarden.core.decode.OwnTopic;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind.Stream;
import dustwarden.core.model.Observation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Which registered device and stream a topic of our own leads to; looked up once a topic. */
final class TopicRoutes {
    private static final int KEPT_MAX = 100_000;

    /** Where a topic leads. */
    record Route(SiteMonitor monitor, Ear ear, Stream stream) {
        Route(SiteMonitor monitor, Device device, Stream stream) {
            this(monitor, monitor.ear(device), stream);
        }

        Device device() {
            return ear.device();
        }

        /** A repetition is refused. */
        Optional<Decoded.Rejected> observe(Observation observation, boolean retained) {
            return monitor.observe(observation, ear, retained);
        }
    }

    private final Map<String, SiteMonitor> sites;
    private final Map<String, Optional<Route>> known = new HashMap<>();

    /** @param sites by their ids; read at each look-up */
    TopicRoutes(Map<String, SiteMonitor> sites) {
        this.sites = sites;
    }

    /** Empty where no registered device may send it. */
    Optional<Route> of(String topic) {
        Optional<Route> before = known.get(topic);
        if (before != null) {
            return before;
        }
        if (!(OwnTopic.parse(topic).orElse(null) instanceof OwnTopic.OfDevice of)) {
            return Optional.empty();
        }
        SiteMonitor monitor = sites.get(of.site());
        Optional<Device> device = monitor == null ? Optional.empty() : monitor.site().device(of.device());
        if (device.isEmpty() || !device.get().kind().sends(of.stream())) {
            return Optional.empty();
        }
        if (known.size() >= KEPT_MAX) {
            known.clear();
        }
        Optional<Route> route = Optional.of(new Route(monitor, device.get(), of.stream()));
        known.put(topic, route);
        return route;
    }

    /** A refusal with the device that it concerns, as far as route or topic tell; a topic may name one that nobody registered. */
    static Decision.Rejection rejection(Optional<Route> route, String topic, OptionalInt element, Decoded.Rejected refused, long now,
            long offset) {
        Optional<String> site = route.map(r -> r.monitor().site().id());
        Optional<String> device = route.map(r -> r.device().id());
        if (route.isEmpty() && OwnTopic.parse(topic).orElse(null) instanceof OwnTopic.OfDevice of) {
            site = Optional.of(of.site());
            device = Optional.of(of.device());
        }
        return new Decision.Rejection(now, offset, site, device, element, refused.reason(), refused.detail());
    }

    /** The register changed. */
    void forget() {
        known.clear();
    }
}
