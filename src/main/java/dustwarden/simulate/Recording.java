package dustwarden.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Recorded hours by station and column, read from CSV with the columns {@code station}, {@code time} and one a quantity.
 *
 * <p>Rows of a station stand in order, one an hour from midnight, whole days. {@code NA} is a missing value.
 */
final class Recording {

    private final Map<String, Map<String, List<String>>> columns;

    private Recording(Map<String, Map<String, List<String>>> columns) {
        this.columns = columns;
    }

    static Recording none() {
        return new Recording(Map.of());
    }

    static Recording read(List<String> lines) {
        String[] header = lines.get(0).split(",", -1);
        Map<String, Map<String, List<String>>> columns = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.isBlank()) {
                continue;
            }
            String[] cells = line.split(",", -1);
            if (cells.length != header.length) {
                throw new IllegalArgumentException("recorded row '" + line + "' has " + cells.length
                        + " cells, wanted " + header.length);
            }
            Map<String, List<String>> station = columns.computeIfAbsent(cells[0], name -> new HashMap<>());
            for (int i = 1; i < cells.length; i++) {
                station.computeIfAbsent(header[i], name -> new ArrayList<>()).add(cells[i]);
            }
        }
        return new Recording(columns);
    }

    /** The hours of one column, gaps bridged in a straight line. */
    List<Double> hours(String station, String column) {
        Map<String, List<String>> found = columns.get(station);
        if (found == null || !found.containsKey(column)) {
            throw new IllegalArgumentException("the recorded data has no column " + column + " of station " + station);
        }
        return bridged(found.get(column), station + " " + column);
    }

    /** The hourly mean of a column over several stations. */
    List<Double> mean(List<String> stations, String column) {
        List<List<Double>> all = stations.stream().map(station -> hours(station, column)).toList();
        return IntStream.range(0, all.get(0).size())
                .mapToObj(i -> all.stream().mapToDouble(one -> one.get(i)).average().orElseThrow())
                .toList();
    }

    private static List<Double> bridged(List<String> cells, String what) {
        int[] known = IntStream.range(0, cells.size()).filter(i -> !cells.get(i).equals("NA")).toArray();
        if (known.length == 0) {
            throw new IllegalArgumentException("the recorded data has no value of " + what);
        }
        List<Double> hours = new ArrayList<>(cells.size());
        int next = 0;
        for (int i = 0; i < cells.size(); i++) {
            while (next < known.length - 1 && known[next] < i) {
                next++;
            }
            int after = known[next];
            int before = next == 0 || after <= i ? after : known[next - 1];
            double from = Double.parseDouble(cells.get(before));
            double to = Double.parseDouble(cells.get(after));
            hours.add(before == after ? to : from + (to - from) * (i - before) / (after - before));
        }
        return hours;
    }
}
