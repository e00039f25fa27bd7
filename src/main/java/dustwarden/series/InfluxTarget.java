package dustwarden.series;

import dustwarden.series.Schema.Part;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where in an InfluxDB 2 is written to, and with what token, which is never shown.
 *
 * @param split three buckets of their own retention in place of one
 * @param regions paths of regions, each of which has a bucket of its own beside, with what lies at or below it
 */
public record InfluxTarget(URI url, String org, String bucket, String token, boolean split, List<String> regions) {
    public InfluxTarget {
        Objects.requireNonNull(url, "url");
        regions = List.copyOf(regions);
        if (org.isBlank() || bucket.isBlank() || token.isBlank()) {
            throw new IllegalArgumentException("an InfluxDB needs an organisation, a bucket and a token");
        }
    }

    public InfluxTarget(URI url, String org, String bucket, String token) {
        this(url, org, bucket, token, false, List.of());
    }

    /** The buckets that a line goes to. */
    List<String> buckets(InfluxLine line) {
        String first = split ? line.measurement().part().bucket(bucket) : bucket;
        if (regions.isEmpty()) {
            return List.of(first);
        }
        List<String> all = new ArrayList<>(List.of(first));
        for (String region : regions) {
            if (line.region().equals(region) || line.region().startsWith(region + "/")) {
                all.add(bucket(region));
            }
        }
        return all;
    }

    private String bucket(String region) {
        return bucket + "_" + region.replace('/', '-');
    }

    /** Every bucket, with how long it keeps points where we make it; empty: for ever. */
    Map<String, Optional<Duration>> buckets() {
        Map<String, Optional<Duration>> all = new LinkedHashMap<>();
        if (split) {
            for (Part part : Part.values()) {
                all.put(part.bucket(bucket), Optional.of(part.kept()));
            }
        } else {
            all.put(bucket, Optional.empty());
        }
        regions.forEach(region -> all.put(bucket(region), Optional.empty()));
        return all;
    }

    /** Names the buckets among all in the world; with a region more, all are filled again. */
    String key() {
        return url + " " + org + " " + bucket + (split ? " split" : "") + (regions.isEmpty() ? "" : " " + String.join(" ", regions));
    }

    @Override
    public String toString() {
        return key();
    }
}
