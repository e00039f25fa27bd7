package dustwarden.core.honesty;

import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Observation.Reading;
import dustwarden.core.model.Observation.Spray;
import dustwarden.core.model.Observation.Status;
import dustwarden.core.model.Site;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What is doubted of the monitors of one site. It reads what was accepted, in the order of arrival, and says when a doubt
 * begins; it changes no verdict. State of plain fields.
 */
public final class SiteDoubts {
    /** A monitor is calibrated, or verified, at least every year (JJG 846 and makers' manuals; a proposal). */
    private static final int CALIBRATION_DAYS = 365;
    private static final long COPY_HOLD_MS = 3_600_000;
    private static final long ACROSS_HOLD_MS = 2 * COPY_HOLD_MS;

    private final TreeMap<String, MonitorDoubts> monitors = new TreeMap<>();
    private final CopyWatch copies = new CopyWatch();

    /** Takes a monitor's reading; a doubt that begins is told. */
    public void reading(Reading reading, Device device, Consumer<Doubt> out) {
        MonitorDoubts doubts = monitors.computeIfAbsent(device.id(), id -> new MonitorDoubts());
        if (!doubts.isNewer(reading)) {
            return;
        }
        doubts.take(reading, device, out);
        double value = MonitorDoubts.mainValue(reading);
        if (!Double.isNaN(value)) {
            copies.take(device.id(), reading.ts(), value).ifPresent(match -> doubts.see(device, DoubtKind.COPIED,
                    reading.ts(), COPY_HOLD_MS, out, "other", match.other(), "shiftSeconds", match.shiftMs() / 1000));
        }
    }

    /** Whether {@link CopiesAcross} has something new to look at. */
    public boolean hasFreshPrints() {
        return !copies.fresh().isEmpty();
    }

    CopyWatch copies() {
        return copies;
    }

    /** A monitor says what one of another site says; the other is not named, for who sees one site may not see the other. */
    public void copiedAcross(Device device, CopiesAcross.Copy copy, Consumer<Doubt> out) {
        monitors.computeIfAbsent(device.id(), id -> new MonitorDoubts()).see(device, DoubtKind.COPIED_ACROSS,
                copy.ts(), ACROSS_HOLD_MS, out, "pair", copy.pair(), "shiftSeconds", copy.shiftMs() / 1000);
    }

    /** Takes a device's word on where it is; far from where it was first, it was moved. */
    public void status(Status status, Device device, Consumer<Doubt> out) {
        if (device.kind() == DeviceKind.MONITOR && status.position().isPresent()) {
            monitors.computeIfAbsent(device.id(), id -> new MonitorDoubts())
                    .at(status.position().get(), status.ts(), device, out);
        }
    }

    /** The register says another thing of the site now: a device whose entry changed may stand where it stands. */
    public void registered(Site before, Site now) {
        for (Device device : now.devices()) {
            if (!before.device(device.id()).equals(Optional.of(device)) && monitors.containsKey(device.id())) {
                monitors.get(device.id()).settle();
            }
        }
    }

    /** Takes a spray's word. */
    public void spray(Spray spray) {
        if (spray.on()) {
            monitors.values().forEach(m -> m.sprayed(spray.ts()));
        }
    }

    /** A local day has ended at {@code dayEnd}, and {@code today} begins. */
    public void day(Site site, LocalDate today, long dayEnd, Consumer<Doubt> out) {
        for (Device device : site.devices()) {
            if (device.kind() != DeviceKind.MONITOR) {
                continue;
            }
            endOfDay(device, dayEnd, out);
            MonitorDoubts doubts = monitors.get(device.id());
            overdue(device, today).ifPresentOrElse(
                    days -> doubts.see(device, DoubtKind.CALIBRATION_OVERDUE, Long.MAX_VALUE, 0, out, "days", days),
                    () -> doubts.standing.end(DoubtKind.CALIBRATION_OVERDUE));
        }
        monitors.keySet().removeIf(id -> site.device(id).isEmpty());
        copies.forget(id -> site.device(id).isEmpty());
    }

    /** What a whole day of one monitor shows. */
    void endOfDay(Device device, long dayEnd, Consumer<Doubt> out) {
        monitors.computeIfAbsent(device.id(), id -> new MonitorDoubts()).dayEnded(device, dayEnd, out);
    }

    /** By how many days the newest of calibration and verification is past; empty where neither is known or both hold. */
    private static Optional<Long> overdue(Device device, LocalDate today) {
        Optional<LocalDate> calibrated = device.calibrated().map(date -> date.plusDays(CALIBRATION_DAYS));
        List<LocalDate> ends = new ArrayList<>();
        calibrated.ifPresent(ends::add);
        device.verifiedUntil().ifPresent(ends::add);
        return ends.stream()
                .filter(end -> end.isBefore(today))
                .map(end -> ChronoUnit.DAYS.between(end, today))
                .max(Long::compare);
    }

    /** Whether a doubt began or ended since this was last asked. */
    public boolean takeMoved() {
        boolean any = false;
        for (MonitorDoubts doubts : monitors.values()) {
            any |= doubts.standing.takeMoved();
        }
        return any;
    }

    /** The same, without taking it as told. */
    public boolean moved() {
        for (MonitorDoubts doubts : monitors.values()) {
            if (doubts.standing.moved()) {
                return true;
            }
        }
        return false;
    }

    /** The doubts that stand about each monitor that ever spoke, in order of their ids. */
    public Map<String, List<DoubtKind>> standing() {
        Map<String, List<DoubtKind>> all = new TreeMap<>();
        monitors.forEach((id, doubts) -> {
            List<DoubtKind> kinds = new ArrayList<>();
            doubts.standing.kinds().forEach(kinds::add);
            all.put(id, kinds);
        });
        return all;
    }
}
