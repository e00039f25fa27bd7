package dustwarden.series;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The ten alarms that are raised most, and what share of all they are: few that come again and again hide the others. */
final class FrequentAlarms {
    private static final int TOP = 10;
    /** ISA-18.2: one to five in a hundred. */
    private static final double SHARE_TARGET = 0.05;

    /** One alarm of a site, however often it is raised anew. */
    private record What(String site, String rule, String subject) {}

    private final Map<What, Long> raised = new TreeMap<>(
            Comparator.comparing(What::site).thenComparing(What::rule).thenComparing(What::subject));

    void raised(String site, String rule, String subject) {
        raised.merge(new What(site, rule, subject), 1L, Long::sum);
    }

    void write(ObjectNode json) {
        long all = raised.values().stream().mapToLong(Long::longValue).sum();
        List<Map.Entry<What, Long>> top = raised.entrySet().stream()
                .sorted(Map.Entry.<What, Long>comparingByValue().reversed())
                .limit(TOP)
                .toList();
        long most = top.stream().mapToLong(Map.Entry::getValue).sum();
        json.put("share", share(most, all)).put("target", SHARE_TARGET);
        ArrayNode items = json.putArray("items");
        top.forEach(each -> items.addObject()
                .put("site", each.getKey().site())
                .put("rule", each.getKey().rule())
                .put("subject", each.getKey().subject())
                .put("raised", each.getValue())
                .put("share", share(each.getValue(), all)));
    }

    private static double share(long part, long all) {
        return all == 0 ? 0 : (double) part / all;
    }
}
