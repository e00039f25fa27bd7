package dustwarden.series;

import com.influxdb.client.BucketsQuery;
import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.OrganizationsQuery;
import com.influxdb.client.WriteApiBlocking;
import com.influxdb.client.domain.Bucket;
import com.influxdb.client.domain.BucketRetentionRules;
import com.influxdb.client.domain.Organization;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.exceptions.InfluxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/** Speaks to one InfluxDB 2 through its client, blocking; one thread's. */
final class InfluxWriter implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Set<Integer> REFUSED = Set.of(400, 413, 422);

    /** The server would never take this in, however often it is tried. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private final InfluxTarget target;
    private final Dispatcher calls = new Dispatcher();
    private volatile boolean abandoned;
    private final InfluxDBClient client;
    private final WriteApiBlocking writes;

    /** @param timeout of one request from its start to the end of its answer */
    InfluxWriter(InfluxTarget target, Duration timeout) {
        this.target = target;
        client = InfluxDBClientFactory.create(options(target, timeout, new OkHttpClient.Builder().dispatcher(calls).connectTimeout(CONNECT))
                        .bucket(target.bucket())
                        .build())
                .enableGzip();
        writes = client.getWriteApiBlocking();
    }

    /** How a server is spoken to, for writing as for reading. */
    static InfluxDBClientOptions.Builder options(InfluxTarget target, Duration timeout, OkHttpClient.Builder http) {
        return InfluxDBClientOptions.builder()
                .url(target.url().toString())
                .authenticateToken(target.token().toCharArray())
                .org(target.org())
                .okHttpClient(http.readTimeout(timeout).writeTimeout(timeout).callTimeout(timeout));
    }

    /**
     * Makes the buckets that are absent where the token may, and answers how long each keeps points.
     *
     * @return without a bucket that keeps them for ever, or that the token may not look at
     */
    Map<String, Duration> prepare() {
        checkNotAbandoned();
        Map<String, Duration> kept = new HashMap<>();
        target.buckets().forEach((name, wanted) -> prepare(name, wanted).ifPresent(d -> kept.put(name, d)));
        return kept;
    }

    private Optional<Duration> prepare(String name, Optional<Duration> wanted) {
        try {
            Optional<Bucket> bucket = find(name);
            return retention(bucket.isPresent() ? bucket.get() : create(name, wanted));
        } catch (InfluxException e) {
            if (!absentOrForbidden(e)) {
                throw unavailable(e);
            }
            // A token that may only write sees no bucket; whether there is one shows at the first write.
            return Optional.empty();
        } catch (RuntimeException e) {
            throw unreachable(e);
        }
    }

    private Optional<Bucket> find(String name) {
        BucketsQuery query = new BucketsQuery();
        query.setOrg(target.org());
        query.setName(name);
        try {
            List<Bucket> found = client.getBucketsApi().findBuckets(query).stream()
                    .filter(b -> name.equals(b.getName()))
                    .toList();
            return found.stream().findFirst();
        } catch (InfluxException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Bucket create(String name, Optional<Duration> kept) {
        OrganizationsQuery query = new OrganizationsQuery();
        query.setOrg(target.org());
        Organization org = client.getOrganizationsApi().findOrganizations(query).stream()
                .findFirst()
                .orElseThrow(() -> new View.Unavailable(
                        "InfluxDB 没有组织或令牌看不到: there is no organisation " + target.org() + ", or the token may not see it",
                        new IllegalStateException("no organisation")));
        if (kept.isEmpty()) {
            return client.getBucketsApi().createBucket(name, org.getId());
        }
        BucketRetentionRules rules = new BucketRetentionRules().everySeconds((int) kept.get().toSeconds());
        return client.getBucketsApi().createBucket(name, rules, org.getId());
    }

    private static Optional<Duration> retention(Bucket bucket) {
        return Optional.ofNullable(bucket.getRetentionRules()).flatMap(rules -> rules.stream()
                .map(BucketRetentionRules::getEverySeconds)
                .filter(seconds -> seconds != null && seconds > 0)
                .findFirst()
                .map(Duration::ofSeconds));
    }

    /**
     * Writes lines whose times are in nanoseconds to a bucket; returns when the server has them.
     *
     * @throws Refused at least one of them cannot be taken in
     * @throws View.Unavailable it may be tried again
     */
    void write(String bucket, List<String> lines) throws Refused {
        checkNotAbandoned();
        try {
            writes.writeRecords(bucket, target.org(), WritePrecision.NS, lines);
        } catch (InfluxException e) {
            if (REFUSED.contains(e.status())) {
                throw new Refused(e.getMessage());
            }
            throw unavailable(e);
        } catch (RuntimeException e) {
            throw unreachable(e);
        }
    }

    /** Breaks off the request in hand and begins no other; from any thread. */
    void abandon() {
        abandoned = true;
        calls.cancelAll();
    }

    private void checkNotAbandoned() {
        if (abandoned) {
            throw new View.Unavailable("正在停止: stopping", new IllegalStateException("abandoned"));
        }
    }

    private static boolean absentOrForbidden(InfluxException e) {
        return e.status() == 401 || e.status() == 403 || e.status() == 404 || e.status() == 405;
    }

    private View.Unavailable unavailable(InfluxException e) {
        String where = target.toString();
        return new View.Unavailable(
                switch (e.status()) {
                    case 0 -> unreachable(e).getMessage();
                    case 401, 403 -> "InfluxDB 拒绝令牌: the token may not write to " + where + " (" + e.status() + ")";
                    case 404 -> "InfluxDB 没有该存储桶, 令牌也不能创建: there is no bucket " + where
                            + " and the token may not make one: make it, or give a token that may";
                    case 429 -> "InfluxDB 限流: " + where + " asks to write less (429)";
                    default -> "InfluxDB 暂不可用: " + where + " answers " + e.status() + " " + e.getMessage();
                },
                e);
    }

    private View.Unavailable unreachable(RuntimeException e) {
        if (e instanceof View.Unavailable known) {
            return known;
        }
        return new View.Unavailable("InfluxDB 连不上: " + target + " cannot be reached: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        client.close();
    }
}
