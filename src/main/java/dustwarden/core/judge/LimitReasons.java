package dustwarden.core.judge;

import dustwarden.core.judge.WindowVerdict.Kind;
import dustwarden.core.model.Device;
import dustwarden.core.model.Site;
import dustwarden.core.rule.LimitRule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Why a limit's verdict on one point's day is what it is. */
final class LimitReasons {
    /** Single windows named a point; what lies beyond is told by the counts. */
    private static final int NAMED_MAX = 12;

    private final LimitRule rule;
    private final Site site;

    LimitReasons(LimitRule rule, Site site) {
        this.rule = rule;
        this.site = site;
    }

    List<Reason> of(PointDay point, LocalDate date) {
        List<Reason> reasons = new ArrayList<>();
        String device = point.monitor().id();
        point.silentSince().ifPresent(
                since -> reasons.add(Reason.of("monitoring-not-kept", "device", device, "since", Silence.iso(site, since))));
        List<WindowVerdict> exceeded = point.exceeded();
        exceeded.stream().limit(NAMED_MAX).forEach(w -> reasons.add(exceedance(device, w)));
        if (!exceeded.isEmpty() && exceeded.size() <= point.allowed()) {
            reasons.add(Reason.of(
                    "allowance-used", "device", device, "used", (long) exceeded.size(), "allowed", (long) point.allowed()));
        }
        Map<String, List<WindowVerdict>> byCause = new LinkedHashMap<>();
        point.windows().stream()
                .filter(w -> w.is(Kind.UNDECIDED))
                .forEach(w -> byCause.computeIfAbsent(w.cause(), k -> new ArrayList<>()).add(w));
        byCause.forEach((cause, windows) -> reasons.add(Reason.of(
                cause, "device", device, "windows", (long) windows.size(), "first", Silence.iso(site, windows.get(0).start()),
                "last", Silence.iso(site, windows.get(windows.size() - 1).start()))));
        aboveRange(point).ifPresent(reasons::add);
        leads(point, date, reasons);
        return reasons;
    }

    private Reason exceedance(String device, WindowVerdict window) {
        TreeMap<String, Object> params = new TreeMap<>();
        params.put("device", device);
        params.put("start", Silence.iso(site, window.start()));
        params.put("mean", window.mean());
        params.put("limit", window.limit());
        params.put("quantity", rule.quantity().wire());
        params.put("unit", rule.unit());
        if (rule.form() != LimitRule.Form.ABSOLUTE) {
            params.put("difference", window.figure());
        }
        window.background().ifPresent(b ->
                params.put(rule.form() == LimitRule.Form.DOWNWIND_MINUS_UPWIND ? "upwind" : "background", b));
        return new Reason("exceedance", params);
    }

    /** Values above the measuring range are in no mean, but an exceedance that they hide must not vanish. */
    private Optional<Reason> aboveRange(PointDay point) {
        List<WindowVerdict> hidden = point.windows().stream()
                .filter(w -> w.aboveRange() > 0 && !w.is(Kind.EXCEEDED))
                .toList();
        return hidden.isEmpty()
                ? Optional.empty()
                : Optional.of(Reason.of(
                        "above-range", "device", point.monitor().id(), "windows", (long) hidden.size(), "first",
                        Silence.iso(site, hidden.get(0).start()), "values",
                        hidden.stream().mapToLong(WindowVerdict::aboveRange).sum()));
    }

    private void leads(PointDay point, LocalDate date, List<Reason> reasons) {
        Device monitor = point.monitor();
        if (expired(monitor, date)) {
            reasons.add(Reason.of("lead", "device", monitor.id(), "cause", "verification-expired"));
        }
        long close = point.exceeded().stream()
                .filter(w -> w.figure() - w.limit() <= rule.leadMargin() * w.limit())
                .count();
        if (close > 0) {
            reasons.add(Reason.of(
                    "lead", "device", monitor.id(), "cause", "within-margin", "windows", close, "margin", rule.leadMargin()));
        }
    }

    /** A verification ends at its date, else a year after the calibration; a monitor without either is not said to be expired. */
    private static boolean expired(Device monitor, LocalDate date) {
        return monitor.verifiedUntil()
                .or(() -> monitor.calibrated().map(c -> c.plusYears(1)))
                .map(date::isAfter)
                .orElse(false);
    }
}
