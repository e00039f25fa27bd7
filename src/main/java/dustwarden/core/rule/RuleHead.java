package dustwarden.core.rule;

import dustwarden.core.model.Fields;
import dustwarden.core.model.Text;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What every rule has, whatever its kind.
 *
 * @param id {@code rulebook/rule}
 * @param item the item of the checklist that it serves, for example {@code washing}
 * @param validTo inclusive
 * @param onDelayMs how long it must be broken before an alarm is raised
 * @param offDelayMs how long it must be in order before an alarm returns
 * @param noticeDelayMs how long an alarm must stand before people are told
 * @param acknowledgeWithinMs within what time somebody must have seen it; empty: what its priority says
 * @param rectifyWithinMs within what time it must be mended; empty: what its priority says
 * @param unconfirmed names of its parameters whose figures no document was seen to give
 * @param hash SHA-256 (hex) of the rule's canonical JSON; equal text is an equal rule
 */
public record RuleHead(
        String id,
        String item,
        Text title,
        Citation citation,
        Optional<LocalDate> validFrom,
        Optional<LocalDate> validTo,
        Priority priority,
        long onDelayMs,
        long offDelayMs,
        long noticeDelayMs,
        OptionalLong acknowledgeWithinMs,
        OptionalLong rectifyWithinMs,
        List<String> unconfirmed,
        String hash) {

    public RuleHead {
        unconfirmed = List.copyOf(unconfirmed);
    }

    /** Without times of its own for acknowledging and mending. */
    public RuleHead(String id, String item, Text title, Citation citation, Optional<LocalDate> validFrom, Optional<LocalDate> validTo,
            Priority priority, long onDelayMs, long offDelayMs, long noticeDelayMs, List<String> unconfirmed, String hash) {
        this(id, item, title, citation, validFrom, validTo, priority, onDelayMs, offDelayMs, noticeDelayMs, OptionalLong.empty(),
                OptionalLong.empty(), unconfirmed, hash);
    }

    /** How much an alarm presses. */
    public enum Priority {
        LOW,
        MEDIUM,
        HIGH
    }

    /**
     * Where a rule comes from.
     *
     * @param link address of the document, or of a public register's query by its number; where {@code quotedBy} stands, of
     *     that report, unless it says what else is linked
     * @param document SHA-256 (hex) of the text that was read, so that nobody can later say it was another
     * @param quotedBy who quotes the document, where only a report about it was read
     * @param confidence {@code confirmed}, {@code reported} or {@code unconfirmed}
     */
    public record Citation(
            String standard, String clause, Optional<String> link, Optional<String> document, Optional<String> quotedBy,
            String confidence) {

        /** Whether a reader is led to the text itself or to a report of it. */
        public boolean traceable() {
            return link.isPresent() || document.isPresent();
        }

        /** Reads one; what it does not say is that of the rulebook, and of another standard nothing but the confidence. */
        static Citation read(Fields fields, Citation inherited) {
            boolean same = fields.optionalText("standard").map(inherited.standard()::equals).orElse(true);
            Citation of = same ? inherited : new Citation(
                    "", "", Optional.empty(), Optional.empty(), Optional.empty(), inherited.confidence());
            boolean own = fields.has("link") || fields.has("document") || fields.has("quotedBy");
            Citation cited = new Citation(
                    fields.optionalText("standard").orElse(of.standard()),
                    fields.optionalText("clause").orElse(of.clause()),
                    fields.optionalText("link").or(() -> own ? Optional.empty() : of.link()),
                    fields.optionalText("document").or(() -> own ? Optional.empty() : of.document()),
                    fields.optionalText("quotedBy").or(() -> own ? Optional.empty() : of.quotedBy()),
                    fields.optionalText("confidence").orElse(of.confidence()));
            fields.done();
            return cited;
        }
    }

    /** Whether the rule is in force on a local date. */
    public boolean inForce(LocalDate date) {
        return validFrom.map(f -> !date.isBefore(f)).orElse(true) && validTo.map(t -> !date.isAfter(t)).orElse(true);
    }

    /** When it comes into force at places of a zone, epoch ms; the least long where it always was. */
    public long inForceFrom(ZoneId zone) {
        return validFrom.map(day -> day.atStartOfDay(zone).toInstant().toEpochMilli()).orElse(Long.MIN_VALUE);
    }

    /** The part of the id after the rulebook's. */
    public String shortId() {
        return id.substring(id.indexOf('/') + 1);
    }

    /**
     * Reads the common keys of a rule.
     *
     * @param delayMs the on-delay where the rule gives none
     */
    static RuleHead read(String rulebook, Fields fields, String hash, long delayMs, Citation inherited) {
        Citation cited = fields.has("citation") ? Citation.read(fields.child("citation"), inherited) : inherited;
        Priority priority = fields.optionalWord(
                        "priority",
                        w -> Optional.ofNullable(switch (w) {
                            case "low" -> Priority.LOW;
                            case "medium" -> Priority.MEDIUM;
                            case "high" -> Priority.HIGH;
                            default -> null;
                        }),
                        "low, medium, high")
                .orElse(Priority.MEDIUM);
        long on = fields.duration("onDelay", delayMs);
        long notice = fields.duration("noticeDelay", delayMs == 0 || priority == Priority.HIGH ? 0 : 600_000);
        return new RuleHead(
                rulebook + "/" + fields.text("id"),
                fields.text("item"),
                fields.words("title"),
                cited,
                fields.optionalDate("validFrom"),
                fields.optionalDate("validTo"),
                priority,
                on,
                fields.duration("offDelay", 60_000),
                notice,
                within(fields, "acknowledgeWithin"),
                within(fields, "rectifyWithin"),
                fields.texts("unconfirmed").stream().sorted().distinct().toList(),
                hash);
    }

    private static OptionalLong within(Fields fields, String key) {
        Optional<Long> ms = fields.optionalDuration(key);
        if (ms.isPresent() && ms.get() == 0) {
            fields.problem(key, "must be above zero");
        }
        return ms.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
