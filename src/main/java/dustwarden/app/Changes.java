package dustwarden.app;

import dustwarden.core.judge.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What another rulebook would change, as a table for people in both languages. */
record Changes(List<SiteDay> days, List<Alarm> alarms) {
    private static final String NONE = "无 none";

    /**
     * The verdict on a day.
     *
     * @param as how many of the day's {@code periods} are of this state
     * @param low the least share of these, {@code high} the greatest; empty where none is known
     */
    record Verdict(State state, int as, int periods, Optional<Double> low, Optional<Double> high) {
        String said() {
            String name = switch (state) {
                case VIOLATION -> "违规";
                case UNKNOWN -> "未知";
                case COMPLIANT -> "合规";
                case NOT_APPLICABLE -> "不适用";
            };
            return name + " " + state + (periods > 1 ? " " + as + "/" + periods : "")
                    + (low.isEmpty() && high.isEmpty() ? "" : " " + bound(low) + ".." + bound(high));
        }

        private static String bound(Optional<Double> share) {
            return share.map(String::valueOf).orElse("?");
        }
    }

    /** A rule's verdict on a site's day; empty where there is none. */
    record SiteDay(String day, String site, String item, String rule, Optional<Verdict> was, Optional<Verdict> is) {
        private List<String> cells() {
            return List.of(site, day, item, rule, was.map(Verdict::said).orElse(NONE), is.map(Verdict::said).orElse(NONE));
        }
    }

    /** An alarm that is raised under one of the rulebooks only: under the other one where {@code would}. */
    record Alarm(String at, String site, String item, String rule, String subject, boolean would) {
        private List<String> cells() {
            String raised = "发出 raised";
            return List.of(site, at, item, rule, subject, would ? NONE : raised, would ? raised : NONE);
        }
    }

    Changes {
        days = List.copyOf(Objects.requireNonNull(days, "days"));
        alarms = List.copyOf(Objects.requireNonNull(alarms, "alarms"));
    }

    /** Headed tables of the site-days and of the alarms; what has no change has no table. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        if (!days.isEmpty()) {
            lines.add("日判定 verdicts of site-days");
            lines.addAll(aligned(
                    List.of("工地 site", "日 day", "项 item", "规则 rule", "原 was", "将 is"), days.stream().map(SiteDay::cells)));
        }
        if (!alarms.isEmpty()) {
            lines.add("报警 alarms");
            lines.addAll(aligned(
                    List.of("工地 site", "时间 at", "项 item", "规则 rule", "对象 subject", "原 was", "将 is"),
                    alarms.stream().map(Alarm::cells)));
        }
        return lines;
    }

    /** One line that counts. */
    String count() {
        long more = alarms.stream().filter(Alarm::would).count();
        long less = alarms.size() - more;
        return days.size() + " 个日判定将改变，多发 " + more + " 条报警，少发 " + less + " 条 / " + days.size()
                + " site-days would change, " + more + " alarms raised that were not, " + less + " not raised any more";
    }

    private static List<String> aligned(List<String> head, Stream<List<String>> rows) {
        List<List<String>> all = Stream.concat(Stream.of(head), rows).toList();
        int[] widths = new int[head.size()];
        all.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        });
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append("  ").append(row.get(i));
            if (i < widths.length - 1) {
                line.append(" ".repeat(widths[i] - width(row.get(i))));
            }
        }
        return line.toString();
    }

    /** In a terminal's cells, where a Han character takes two. */
    private static int width(String text) {
        return text.codePoints().map(c -> Character.isIdeographic(c) ? 2 : 1).sum();
    }
}
