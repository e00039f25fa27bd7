package dustwarden.core.decode;

import dustwarden.core.model.DatePeriod;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Register;
import dustwarden.core.model.RoadClass;
import dustwarden.core.model.Site;
import dustwarden.core.model.SiteUnit;
import dustwarden.core.model.Text;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** One site with a device of each kind, for tests. */
final class Sites {
    static final String ID = "site-1";

    private Sites() {}

    static Device device(String id, DeviceKind kind, Optional<Device.Hj212> hj212) {
        return new Device(
                id, kind, 60_000, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                List.of(), List.of(), Optional.empty(), hj212, Optional.empty(), Optional.empty());
    }

    static Device.Hj212 hj212(String mn, Optional<String> passwordHash, Map<String, Double> scale, boolean strict) {
        return new Device.Hj212(mn, passwordHash, scale, strict, false);
    }

    static Register register(Device... more) {
        List<Device> devices = new ArrayList<>(List.of(more));
        for (DeviceKind kind : DeviceKind.values()) {
            devices.add(device(kind.wire() + "-1", kind, Optional.empty()));
        }
        return new Register(List.of(site(devices)));
    }

    private static Site site(List<Device> devices) {
        List<SiteUnit> units = List.of(
                new SiteUnit("fence-01", "fence", 120, OptionalDouble.of(2.5), Optional.empty(), DatePeriod.ALWAYS));
        return new Site(
                ID, new Text("一号", "One"), "410000/grid-12", Optional.empty(), ZoneId.of("Asia/Shanghai"),
                List.of("henan-seven"), List.of(), RoadClass.MAIN, true, false, OptionalDouble.empty(), OptionalDouble.empty(),
                OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                List.of(), List.of(), List.of(), units, List.of(), devices, Set.of(), "00");
    }
}
