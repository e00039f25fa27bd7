package dustwarden.core.model;

import dustwarden.core.model.AlarmPlan.Rung;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads {@code alarms} of a site file, and the hours that stand there and at contacts. */
final class AlarmPlanReader {
    private static final int RUNGS_MAX = 10;
    private static final Map<String, DayOfWeek> DAYS = Map.of(
            "mon", DayOfWeek.MONDAY, "tue", DayOfWeek.TUESDAY, "wed", DayOfWeek.WEDNESDAY, "thu", DayOfWeek.THURSDAY,
            "fri", DayOfWeek.FRIDAY, "sat", DayOfWeek.SATURDAY, "sun", DayOfWeek.SUNDAY);

    private AlarmPlanReader() {}

    static AlarmPlan read(Fields site, List<Contact> contacts) {
        if (!site.has("alarms")) {
            return AlarmPlan.NONE;
        }
        Fields fields = site.child("alarms");
        List<Rung> ladder = ladder(fields, contacts);
        Optional<Hours> working = hours(fields, "working");
        Optional<Hours> quiet = hours(fields, "quiet");
        Optional<LocalTime> digest = time(fields, "digest");
        if (digest.isPresent() && working.isEmpty()) {
            fields.problem("digest", "wants working hours beside it: it tells what happened outside them");
        }
        List<DatePeriod> closed = new ArrayList<>();
        for (Fields period : fields.children("closed")) {
            closed.add(SiteReader.period(period));
            period.done();
        }
        OptionalLong verifyAfter = fields.optionalDuration("verifyAfter").map(OptionalLong::of).orElseGet(OptionalLong::empty);
        fields.done();
        return new AlarmPlan(ladder, working, quiet, digest, closed, verifyAfter);
    }

    private static List<Rung> ladder(Fields fields, List<Contact> contacts) {
        List<Rung> ladder = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Fields rung : fields.children("ladder")) {
            String role = rung.text("role");
            long after = rung.duration("after", 0);
            if (!seen.add(role)) {
                rung.problem("role", "stands twice in the ladder: " + role);
            }
            if (contacts.stream().noneMatch(c -> c.role().equals(role))) {
                rung.problem("role", "is " + role + ", which none of the contacts has");
            }
            if (ladder.isEmpty() && after > 0) {
                rung.problem("after", "must not stand at the first rung: it is told with the alarm");
            }
            ladder.add(new Rung(role, after));
            rung.done();
        }
        if (ladder.size() > RUNGS_MAX) {
            fields.problem("ladder", "has at most " + RUNGS_MAX + " rungs, got " + ladder.size());
        }
        return ladder;
    }

    /** One span of hours: {@code {from: "07:00", to: "19:00", days: [mon, tue]}}; no days are all days. */
    static Optional<Hours> hours(Fields fields, String key) {
        return fields.has(key) ? hours(fields.child(key)) : Optional.empty();
    }

    /** Several of them. */
    static List<Hours> roster(Fields fields, String key) {
        List<Hours> found = new ArrayList<>();
        fields.children(key).forEach(each -> hours(each).ifPresent(found::add));
        return found;
    }

    private static Optional<Hours> hours(Fields span) {
        if (!span.has("from")) {
            span.problem("from", "is required: a time such as \"07:00\"");
        }
        if (!span.has("to")) {
            span.problem("to", "is required: a time such as \"19:00\"");
        }
        Optional<LocalTime> from = time(span, "from");
        Optional<LocalTime> to = time(span, "to");
        List<DayOfWeek> days = span.words("days",
                word -> Optional.ofNullable(DAYS.get(word.toLowerCase(Locale.ROOT))), "mon, tue, wed, thu, fri, sat, sun");
        span.done();
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Hours(from.get(), to.get(), days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : EnumSet.copyOf(days)));
    }

    private static Optional<LocalTime> time(Fields fields, String key) {
        return fields.optionalText(key).flatMap(text -> {
            try {
                return Optional.of(LocalTime.parse(text));
            } catch (DateTimeException e) {
                fields.problem(key, "wants a time such as \"07:00\", got " + text);
                return Optional.empty();
            }
        });
    }
}
