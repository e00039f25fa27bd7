package dustwarden.series;

import dustwarden.series.Schema.Part;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where in an InfluxDB 2 is written to, and with what token, which is never shown.
 *
 * @param split three buckets of their own retention in place of one
 */
public record InfluxTarget(URI url, String org, String bucket, String token, boolean split) {
    public InfluxTarget {
        Objects.requireNonNull(url, "url");
        if (org.isBlank() || bucket.isBlank() || token.isBlank()) {
            throw new IllegalArgumentException("an InfluxDB needs an organisation, a bucket and a token");
        }
    }

    public InfluxTarget(URI url, String org, String bucket, String token) {
        this(url, org, bucket, token, false);
    }

    /** The bucket that a measurement goes to. */
    String bucket(Part part) {
        return split ? part.bucket(bucket) : bucket;
    }

    /** Every bucket, with how long it keeps points where we make it; empty: for ever. */
    Map<String, Optional<Duration>> buckets() {
        if (!split) {
            return Map.of(bucket, Optional.empty());
        }
        Map<String, Optional<Duration>> all = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            all.put(part.bucket(bucket), Optional.of(part.kept()));
        }
        return all;
    }

    /** Names the bucket as one of all in the world. */
    String key() {
        return url + " " + org + " " + bucket + (split ? " split" : "");
    }

    @Override
    public String toString() {
        return key();
    }
}
