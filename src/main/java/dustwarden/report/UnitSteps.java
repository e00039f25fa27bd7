package dustwarden.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.model.Observation.UnitReport;
import dustwarden.core.model.SiteUnit;
import dustwarden.core.rule.UnitsRule;
import dustwarden.report.Evidence.Told;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The units that a rule weighs, each with its weight and the newest report that the verdict names, and the share in order. */
final class UnitSteps {
    private UnitSteps() {}

    static ObjectNode of(Evidence alarm, UnitsRule rule, List<Told> told, ObjectNode out) {
        long raised = alarm.raised().at("raisedAt");
        LocalDate date = alarm.site().localDate(raised);
        ArrayNode rows = out.putArray("units");
        double total = 0;
        double good = 0;
        double bad = 0;
        for (SiteUnit unit : alarm.site().units()) {
            if (!rule.units().contains(unit.kind()) || !unit.period().contains(date)) {
                continue;
            }
            ObjectNode row = rows.addObject().put("unit", unit.id()).put("kind", unit.kind()).put("weight", unit.size());
            unit.height().ifPresent(h -> row.put("height", h));
            total += unit.size();
            Optional<Told> newest = told.stream()
                    .filter(t -> t.refused().isEmpty() && t.received() <= raised
                            && t.observation() instanceof UnitReport r && r.unit().equals(unit.id()))
                    .reduce((a, b) -> b.at() >= a.at() ? b : a);
            if (newest.isEmpty()) {
                row.putNull("report");
                continue;
            }
            UnitReport report = (UnitReport) newest.get().observation();
            double share = report.good() ? report.share() : report.share() < 1 ? report.share() : 0;
            row.put("report", newest.get().offset()).put("device", report.device())
                    .put("at", Steps.time(alarm, newest.get().at()))
                    .put("source", report.source().name().toLowerCase(Locale.ROOT)).put("confirmed", report.confirmed())
                    .put("good", report.good()).put("share", share).put("active", report.active());
            good += share * unit.size();
            bad += (1 - share) * unit.size();
        }
        out.put("total", total).put("inOrder", good).put("outOfOrder", bad).put("notReported", total - good - bad);
        if (total > 0) {
            out.put("shareLow", good / total).put("shareHigh", (total - bad) / total);
        }
        return out;
    }
}
