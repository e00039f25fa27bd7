package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Content;
import dustwarden.core.Entry;
import dustwarden.core.Entry.ContentRef;
import dustwarden.core.model.Site;
import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.StoredEntry;
import dustwarden.report.Document.Rows;
import dustwarden.report.Document.Section;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes the daily report, the weekly notice of a region and the ranking out of a ledger alone. */
public final class SiteReports {
    static final List<String> SEVEN = List.of(
            "enclosure", "coverage", "washing", "hardening", "sealed-transport", "wet-work", "video");
    private static final int WEEK = 7;

    /** What a paper is about. */
    public enum Kind {
        DAILY,
        WEEKLY,
        RANKING
    }

    /**
     * What is asked for.
     *
     * @param date its day, or the last day of its week; empty: the newest whole day of the ledger
     */
    public record Asked(Kind kind, Optional<String> site, Optional<String> region, Optional<LocalDate> date) {}

    /** A site with how it stood over the time. */
    private record Line(Site site, SiteDay day, Tallied tallied) {}

    private final LedgerReading ledger;
    private final Content content;

    private SiteReports(LedgerReading ledger, Content content) {
        this.ledger = ledger;
        this.content = content;
    }

    /** The paper as a file's bytes, in the form that the file's name ends with. */
    public static byte[] write(LedgerReading ledger, Asked asked, String fileName) {
        ReportForm form = ReportForm.of(fileName);
        return form.write(new SiteReports(ledger, content(ledger)).document(asked));
    }

    /** The content that the newest entry of the ledger puts in force. */
    private static Content content(LedgerReading ledger) {
        long applied = ledger.position().applied();
        Optional<StoredEntry> listing = applied == 0 ? Optional.empty() : ledger.proofs().listing(applied - 1);
        if (listing.isEmpty()) {
            throw new ReportRefused("账本是空的,没有可报告的内容。", "the ledger is empty: there is nothing to report");
        }
        List<ContentRef> refs = listing.get().entry() instanceof Entry.Resumed r
                ? r.contents()
                : ((Entry.Changed) listing.get().entry()).contents();
        return SiteContent.read(refs, hash -> new String(ledger.content(hash).orElseThrow(), StandardCharsets.UTF_8));
    }

    private Document document(Asked asked) {
        List<Site> sites = sites(asked);
        ZoneId zone = sites.get(0).zone();
        LocalDate date = asked.date().orElseGet(() -> lastWholeDay(zone));
        if (asked.kind() == Kind.DAILY) {
            return daily(sites, date);
        }
        int days = asked.kind() == Kind.WEEKLY ? WEEK : 1;
        return asked.kind() == Kind.WEEKLY ? weekly(sites, asked, date, days) : ranking(sites, asked, date);
    }

    private List<Site> sites(Asked asked) {
        List<Site> found = content.register().sites().stream()
                .filter(s -> asked.site().map(s.id()::equals).orElse(true))
                .filter(s -> asked.region().map(r -> ("/" + s.region() + "/").contains("/" + r + "/")).orElse(true))
                .sorted(Comparator.comparing(Site::id)).toList();
        if (found.isEmpty()) {
            String what = asked.site().map(s -> "site " + s).or(() -> asked.region().map(r -> "region " + r)).orElse("site");
            throw new ReportRefused("登记中没有符合的工地(" + what + ")。", "no registered site fits: " + what);
        }
        return found;
    }

    private LocalDate lastWholeDay(ZoneId zone) {
        long last = ledger.position().lastReceived().orElse(0);
        return java.time.Instant.ofEpochMilli(last).atZone(zone).toLocalDate().minusDays(1);
    }

    private List<Line> lines(List<Site> sites, LocalDate first, int days) {
        List<Line> lines = new ArrayList<>();
        for (Site site : sites) {
            long from = first.atStartOfDay(site.zone()).toInstant().toEpochMilli();
            long to = first.plusDays(days).atStartOfDay(site.zone()).toInstant().toEpochMilli();
            SiteDay day = new SiteDay(ledger, site, from, to);
            lines.add(new Line(site, day, Tallied.of(day.states(SEVEN))));
        }
        if (lines.stream().allMatch(l -> l.tallied().isBlank() && l.tallied().none() == 0)) {
            throw new ReportRefused(
                    first + (days > 1 ? " 起 " + days + " 天" : "") + " 没有任何数据。",
                    "there are no data of " + first + (days > 1 ? " and the " + (days - 1) + " days after it" : ""));
        }
        return lines;
    }

    private Document daily(List<Site> sites, LocalDate date) {
        List<Section> sections = new ArrayList<>();
        for (Line line : lines(sites, date, 1)) {
            new DailySections(line.day(), line.tallied(), content).addTo(sections, date);
        }
        sections.add(root(date));
        return new Document(Words.label("daily") + " " + date, sites.size() == 1 ? name(sites.get(0)) : "", sections);
    }

    private static String name(Site site) {
        return Words.both(site.name()) + " (" + site.id() + ")";
    }

    /** What pins the day: printed or mailed on the day after, it proves later that nothing was changed. */
    private Section root(LocalDate date) {
        List<String> lines = ledger.proofs().days().stream().filter(d -> d.date().equals(date))
                .map(d -> d.line()).toList();
        return new Section(Words.label("dayRoot"),
                lines.isEmpty() ? List.of(Words.label("dayStillOpen")) : List.of(lines.get(0), Words.label("keepRoot")),
                Optional.empty());
    }

    private Document weekly(List<Site> sites, Asked asked, LocalDate last, int days) {
        LocalDate first = last.minusDays(days - 1L);
        List<Line> lines = lines(sites, first, days);
        List<Section> sections = new ArrayList<>();
        sections.add(ranked(lines));
        sections.add(items(lines));
        sections.add(alarms(lines));
        return new Document(
                Words.label("weekly") + " " + first + " – " + last, asked.region().orElse(Words.label("allRegions")), sections);
    }

    private Document ranking(List<Site> sites, Asked asked, LocalDate date) {
        return new Document(
                Words.label("ranking") + " " + date, asked.region().orElse(Words.label("allRegions")),
                List.of(ranked(lines(sites, date, 1))));
    }

    /** Equal scores share a place; where nothing was known there is no score, and the place is below all others. */
    private Section ranked(List<Line> lines) {
        List<Line> sorted = lines.stream()
                .sorted(Comparator.comparing((Line l) -> l.tallied().isBlank())
                        .thenComparing(l -> -l.tallied().score())
                        .thenComparing(l -> l.tallied().share(l.tallied().bad()))
                        .thenComparing(l -> l.site().id()))
                .toList();
        Rows rows = new Rows(Words.label("place"), Words.label("site"), Words.label("score"), Words.label("good"),
                Words.label("violation"), Words.label("unknown"));
        int place = 0;
        for (int i = 0; i < sorted.size(); i++) {
            Tallied t = sorted.get(i).tallied();
            boolean tie = i > 0 && same(sorted.get(i - 1).tallied(), t);
            place = tie ? place : i + 1;
            rows.add((long) place, name(sorted.get(i).site()), t.isBlank() ? "—" : percent(t.score()),
                    Document.Cell.of(percent(t.share(t.good())), Document.Tone.GOOD),
                    Document.Cell.of(percent(t.share(t.bad())), t.bad() > 0 ? Document.Tone.BAD : Document.Tone.PLAIN),
                    Document.Cell.of(percent(t.share(t.unknown())), t.unknown() > 0 ? Document.Tone.UNKNOWN : Document.Tone.PLAIN));
        }
        return new Section(Words.label("ranking"), List.of(Words.label("scoreNote")), rows.table());
    }

    private static boolean same(Tallied a, Tallied b) {
        return a.isBlank() == b.isBlank() && a.score() == b.score() && a.share(a.bad()) == b.share(b.bad());
    }

    static String percent(double share) {
        return Html.text(Math.round(share * 1000) / 10.0) + " %";
    }

    /** Each item over all sites: what share of the time it was in order. */
    private Section items(List<Line> lines) {
        Rows rows = new Rows(Words.label("item"), Words.label("good"), Words.label("violation"), Words.label("unknown"),
                Words.label("sitesWithViolation"));
        for (String item : SEVEN) {
            long good = 0;
            long bad = 0;
            long unknown = 0;
            long sites = 0;
            for (Line line : lines) {
                Tallied t = Tallied.ofOne(line.day().states(List.of(item)).get(item));
                good += t.good();
                bad += t.bad();
                unknown += t.unknown();
                sites += t.bad() > 0 ? 1 : 0;
            }
            Tallied all = new Tallied(good, bad, unknown, 0);
            rows.add(Words.item(item), percent(all.share(good)), percent(all.share(bad)), percent(all.share(unknown)), sites);
        }
        return new Section(Words.label("items"), List.of(), rows.table());
    }

    private Section alarms(List<Line> lines) {
        Rows rows = new Rows(Words.label("site"), Words.label("alarms"), Words.label("stillOpen"), Words.label("occurrences"),
                Words.label("corrections"));
        for (Line line : lines) {
            List<SiteDay.Alarm> alarms = line.day().alarms();
            long open = alarms.stream().filter(a -> !a.last().path("state").asText().equals("closed")).count();
            long times = alarms.stream().map(SiteDay.Alarm::last).mapToLong((JsonNode a) -> a.path("occurrences").asLong()).sum();
            rows.add(name(line.site()), (long) alarms.size(), open, times, (long) line.day().corrections().size());
        }
        return new Section(Words.label("alarms"), List.of(), rows.table());
    }
}
