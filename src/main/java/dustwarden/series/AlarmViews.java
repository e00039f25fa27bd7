package dustwarden.series;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is shown of alarms, as JSON of the API; every method blocks on the file. */
public final class AlarmViews {
    private static final int HISTORY_MAX = 500;
    /** As {@link AlarmJson#place} says it. */
    private static final String PLACE =
            "(CASE site WHEN 'region' THEN 'region/' || json_extract(json, '$.subject') ELSE site END)";

    private final SeriesStore store;

    public AlarmViews(SeriesStore store) {
        this.store = store;
    }

    /**
     * Alarms, newest first.
     *
     * @param state a state's word, or {@code open} for every state but closed
     * @param places only alarms of these, a site or {@code region/NODE}; empty: of all
     */
    public Listed list(Optional<String> site, Optional<String> state, Optional<String> item, Optional<Set<String>> places,
            int limit, Optional<String> cursor) {
        List<Object> arguments = new ArrayList<>();
        StringBuilder where = new StringBuilder("raised < ?");
        arguments.add(Listed.place(cursor, Long.MAX_VALUE));
        site.ifPresent(s -> add(where, arguments, "site = ?", s));
        item.ifPresent(i -> add(where, arguments, "item = ?", i));
        places.ifPresent(only -> add(where, arguments, PLACE + " IN (SELECT value FROM json_each(?))", Json.strings(only)));
        if (state.isPresent() && state.get().equals("open")) {
            where.append(" AND state <> 'closed'");
        } else {
            state.ifPresent(s -> add(where, arguments, "state = ?", s));
        }
        arguments.add(limit + 1);
        record Row(long raised, String json) {}
        List<Row> rows = store.read(db -> db.query(
                "SELECT raised, json, acknowledged FROM alarm WHERE " + where + " ORDER BY raised DESC LIMIT ?",
                r -> new Row(r.number(0), shown(r.text(1), r.maybeText(2)).toString()),
                arguments.toArray()));
        boolean more = rows.size() > limit;
        List<Row> page = more ? rows.subList(0, limit) : rows;
        return new Listed(
                page.stream().map(Row::json).toList(),
                more ? Optional.of(String.valueOf(page.get(limit - 1).raised())) : Optional.empty());
    }

    private static void add(StringBuilder where, List<Object> arguments, String condition, String value) {
        where.append(" AND ").append(condition);
        arguments.add(value);
    }

    /** One alarm with its transitions. */
    public Optional<String> one(String id) {
        return store.read(db -> db.first(
                        "SELECT json, acknowledged FROM alarm WHERE id = ?", r -> shown(r.text(0), r.maybeText(1)), id)
                .map(alarm -> {
                    ArrayNode history = alarm.putArray("history");
                    db.query(
                            "SELECT json FROM alarm_step WHERE alarm = ? ORDER BY number LIMIT ?",
                            r -> history.add(Json.parse(r.text(0))),
                            id, HISTORY_MAX);
                    return alarm.toString();
                }));
    }

    /** The site that an alarm is of, or {@code region/NODE}. */
    public Optional<String> place(String id) {
        return store.read(db -> db.first("SELECT " + PLACE + " FROM alarm WHERE id = ?", r -> r.text(0), id));
    }

    /**
     * How alarms were handled in {@code [from, to)}, epoch ms, as JSON.
     *
     * @param sites whose; empty: all
     */
    public ObjectNode figures(Optional<Set<String>> sites, long from, long to) {
        AlarmFigures figures = new AlarmFigures(from, to);
        store.read(db -> {
            db.query(
                    "SELECT s.alarm, a.site, a.priority, s.at, s.transition, s.person, json_extract(a.json, '$.rule'), "
                            + "json_extract(a.json, '$.subject'), json_extract(s.json, '$.until'), json_extract(s.json, '$.coveredBy') "
                            + "FROM alarm_step s JOIN alarm a ON a.id = s.alarm "
                            + "WHERE s.at < ? AND (a.state <> 'closed' OR s.alarm IN (SELECT alarm FROM alarm_step WHERE at >= ?)) "
                            + "ORDER BY s.alarm, s.number",
                    r -> sites.map(wanted -> wanted.contains(r.text(1))).orElse(true)
                            && figures.add(new AlarmFigures.Step(r.text(0), r.text(1), r.text(6), r.text(7), r.text(2), r.number(3),
                                    r.text(4), r.maybeText(5), r.maybeText(8), r.maybeText(9))),
                    to, from);
            return db.query(
                    "SELECT site, kind, json FROM filing WHERE at < ?",
                    r -> sites.map(wanted -> wanted.contains(r.text(0))).orElse(true) && figures.add(r.text(1), Json.parse(r.text(2))),
                    to);
        });
        return figures.json();
    }

    /**
     * What people filed, newest first.
     *
     * @param sites only of these; empty: of all
     */
    public Listed filings(
            Optional<String> site, Optional<String> kind, Optional<String> about, Optional<Set<String>> sites, int limit,
            Optional<String> cursor) {
        List<Object> arguments = new ArrayList<>();
        StringBuilder where = new StringBuilder("number < ?");
        arguments.add(Listed.place(cursor, Long.MAX_VALUE));
        site.ifPresent(s -> add(where, arguments, "site = ?", s));
        kind.ifPresent(k -> add(where, arguments, "kind = ?", k));
        about.ifPresent(a -> add(where, arguments, "about = ?", a));
        sites.ifPresent(only -> add(where, arguments, "site IN (SELECT value FROM json_each(?))", Json.strings(only)));
        arguments.add(limit + 1);
        record Row(long number, String json) {}
        List<Row> rows = store.read(db -> db.query(
                "SELECT number, json FROM filing WHERE " + where + " ORDER BY number DESC LIMIT ?",
                r -> new Row(r.number(0), r.text(1)),
                arguments.toArray()));
        boolean more = rows.size() > limit;
        List<Row> page = more ? rows.subList(0, limit) : rows;
        return new Listed(
                page.stream().map(Row::json).toList(),
                more ? Optional.of(String.valueOf(page.get(limit - 1).number())) : Optional.empty());
    }

    /** Open alarms by priority, every priority present. */
    public Map<String, Long> openByPriority() {
        Map<String, Long> found = new HashMap<>(Map.of("low", 0L, "medium", 0L, "high", 0L));
        store.read(db -> db.query(
                "SELECT priority, count(*) FROM alarm WHERE state <> 'closed' GROUP BY priority",
                r -> found.put(r.text(0), r.number(1))));
        return found;
    }

    private static ObjectNode shown(String json, Optional<String> acknowledged) {
        ObjectNode alarm = Json.parseObject(json);
        acknowledged.ifPresent(person -> alarm.put("acknowledgedBy", person));
        return alarm;
    }
}
