package dustwarden.series;

import java.net.URI;
import java.util.Objects;

/** Where in an InfluxDB 2 is written to, and with what token, which is never shown. */
public record InfluxTarget(URI url, String org, String bucket, String token) {
    public InfluxTarget {
        Objects.requireNonNull(url, "url");
        if (org.isBlank() || bucket.isBlank() || token.isBlank()) {
            throw new IllegalArgumentException("an InfluxDB needs an organisation, a bucket and a token");
        }
    }

    /** Names the bucket as one of all in the world. */
    String key() {
        return url + " " + org + " " + bucket;
    }

    @Override
    public String toString() {
        return key();
    }
}
