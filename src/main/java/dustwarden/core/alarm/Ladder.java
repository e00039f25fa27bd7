package dustwarden.core.alarm;

import dustwarden.core.model.AlarmPlan;
import dustwarden.core.model.AlarmPlan.Rung;
import dustwarden.core.model.Contact;
import dustwarden.core.model.Hours;
import dustwarden.core.rule.RuleHead.Priority;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Who is told of a site's alarms, after whom and when: the rungs of its file, or the standard ones.
 *
 * <p>Where the file has no ladder, everybody is told of everything at once, and what is overdue climbs the standard rungs as
 * far as there are contacts for them. Where nobody of a rung is on duty the whole rung is told: never nobody.
 */
public final class Ladder implements Ladders {
    private static final long HOUR = 3_600_000;
    private static final List<Rung> STANDARD = List.of(
            new Rung("supervisor", 0), new Rung("project-manager", 0), new Rung("contractor", 4 * HOUR),
            new Rung("regulator", 24 * HOUR));

    /** A ladder without anybody. */
    public static final Ladder NONE = new Ladder(List.of(), AlarmPlan.NONE, ZoneId.of("Asia/Shanghai"));

    /** Who hears of an alarm next if nothing is done, and when, epoch ms. */
    public record Next(String role, long at) {}

    /**
     * Somebody who is to be told.
     *
     * @param language that they read; empty: as the channel has it
     * @param until not before this instant, epoch ms
     * @param deferred why not at once
     */
    public record Due(
            String receiver, Optional<String> language, String channel, OptionalLong until, Optional<String> deferred) {}

    private final List<Contact> contacts;
    private final AlarmPlan plan;
    private final ZoneId zone;
    private final List<Rung> rungs;

    public Ladder(List<Contact> contacts, AlarmPlan plan, ZoneId zone) {
        this.contacts = List.copyOf(contacts);
        this.plan = plan;
        this.zone = zone;
        this.rungs = plan.ladder().isEmpty() ? STANDARD.stream().filter(rung -> isThere(rung.role())).toList() : plan.ladder();
    }

    private boolean isThere(String role) {
        return contacts.stream().anyMatch(c -> c.role().equals(role));
    }

    public AlarmPlan plan() {
        return plan;
    }

    /** A deadline so long after an instant, epoch ms. */
    long deadline(long from, long ms, Priority priority) {
        return plan.deadline(from, ms, priority == Priority.HIGH, zone);
    }

    /** When an alarm climbs its next rung if nothing is done, epoch ms; {@code Long.MAX_VALUE}: never. */
    long climbsAt(Alarm alarm) {
        long overdue = alarm.overdueAt();
        if (overdue == Long.MAX_VALUE || alarm.level + 1 >= rungs.size()) {
            return Long.MAX_VALUE;
        }
        long after = rungs.get(alarm.level + 1).afterMs();
        return alarm.level == 0 ? overdue + after : Math.max(overdue, alarm.climbedAt + after);
    }

    Optional<Next> next(Alarm alarm) {
        long at = climbsAt(alarm);
        return at == Long.MAX_VALUE ? Optional.empty() : Optional.of(new Next(rungs.get(alarm.level + 1).role(), at));
    }

    /**
     * Who is told now.
     *
     * @param level the rungs up to this one
     * @param alone this rung alone, since the alarm just climbed it
     */
    public List<Due> told(Priority priority, int level, boolean alone, long now) {
        List<Due> found = dues(concerned(level, alone), Contact::channels, priority, now);
        if (contacts.isEmpty()) {
            Optional<String> deferred = deferred(priority, now);
            OptionalLong until = deferred.isEmpty() ? OptionalLong.empty() : OptionalLong.of(until(deferred.get(), now));
            found.add(new Due("site", Optional.empty(), "log", until, deferred));
        }
        return found;
    }

    /** Those of one role who are told now. */
    public List<Due> toldAs(String role, Priority priority, long now) {
        return dues(contacts.stream().filter(c -> c.role().equals(role)).toList(), Contact::channels, priority, now);
    }

    /** The people of a channel, by others that they have, else by itself: whoever brings it there knows another way, or none. */
    public List<Due> toldBesides(String channel, Priority priority, long now) {
        return dues(contacts.stream().filter(c -> c.channels().contains(channel)).toList(), c -> {
            List<String> others = c.channels().stream().filter(other -> !other.equals(channel)).toList();
            return others.isEmpty() ? List.of(channel) : others;
        }, priority, now);
    }

    private List<Due> dues(List<Contact> asked, Function<Contact, List<String>> channels, Priority priority, long now) {
        Optional<String> deferred = deferred(priority, now);
        OptionalLong until = deferred.isEmpty() ? OptionalLong.empty() : OptionalLong.of(until(deferred.get(), now));
        List<Due> found = new ArrayList<>();
        for (Contact contact : onDuty(asked, now)) {
            List<String> by = channels.apply(contact);
            for (String channel : by.isEmpty() ? List.of("log") : by) {
                found.add(new Due(contact.name(), contact.language(), channel, until, deferred));
            }
        }
        return found;
    }

    /** The same for all alarms of a site. */
    @Override
    public Ladder of(String rule, String subject) {
        return this;
    }

    /** The role on a rung. */
    public String role(int level) {
        return rungs.get(level).role();
    }

    private List<Contact> concerned(int level, boolean alone) {
        if (alone) {
            return contacts.stream().filter(c -> c.role().equals(rungs.get(level).role())).toList();
        }
        if (plan.ladder().isEmpty()) {
            return contacts;
        }
        return contacts.stream().filter(c -> rungOf(c) <= level).toList();
    }

    /** One whose role stands on no rung is told with the first. */
    private int rungOf(Contact contact) {
        for (int i = 0; i < rungs.size(); i++) {
            if (rungs.get(i).role().equals(contact.role())) {
                return i;
            }
        }
        return 0;
    }

    /** Of each role those whose turn it is, or all of it where it is nobody's. */
    private List<Contact> onDuty(List<Contact> asked, long now) {
        return asked.stream()
                .filter(c -> isOnDuty(c, now)
                        || asked.stream().noneMatch(other -> other.role().equals(c.role()) && isOnDuty(other, now)))
                .toList();
    }

    private boolean isOnDuty(Contact contact, long now) {
        return contact.duty().isEmpty() || contact.duty().stream().anyMatch(hours -> hours.hold(now, zone));
    }

    /** Why nobody is told now; what is urgent always is. */
    private Optional<String> deferred(Priority priority, long now) {
        if (priority == Priority.HIGH) {
            return Optional.empty();
        }
        if (priority == Priority.LOW && plan.quiet().map(quiet -> quiet.hold(now, zone)).orElse(false)) {
            return Optional.of("quiet-hours");
        }
        boolean away = plan.working().map(working -> !working.hold(now, zone)).orElse(false);
        return away ? Optional.of("outside-working-hours") : Optional.empty();
    }

    private long until(String deferred, long now) {
        Optional<Hours> quiet = plan.quiet();
        return deferred.equals("quiet-hours") && quiet.isPresent() ? quiet.get().nextChange(now, zone) : plan.nextDigest(now, zone);
    }
}
