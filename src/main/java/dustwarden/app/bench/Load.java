package dustwarden.app.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The load in a process of its own: readings of 200 bytes at a rate over many sites, and unwashed trucks at sites not
 * used before, whose alarms it waits for.
 */
public final class Load {
    private static final int CONNECTIONS = 4;
    private static final long PROBE_EVERY_MS = 50;

    private final int port;
    private final int rate;
    private final int sites;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final LongAdder sent = new LongAdder();
    private final Map<String, Long> probed = new ConcurrentHashMap<>();
    private final List<Double> latencies = Collections.synchronizedList(new ArrayList<>());

    private Load(int port, int rate, int sites) {
        this.port = port;
        this.rate = rate;
        this.sites = sites;
    }

    /** {@code port rate seconds sites firstProbe probes}. */
    public static void main(String[] args) throws Exception {
        Load load = new Load(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[3]));
        load.run(Double.parseDouble(args[2]), Integer.parseInt(args[4]), Integer.parseInt(args[5]));
    }

    private void run(double seconds, int firstProbe, int probes) throws IOException, InterruptedException {
        List<Publisher> publishers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        Publisher prober = new Publisher(port, "load-prober", this::alarm);
        prober.subscribe("warden/v1/+/alarm");
        prober.awaitSubscribed(Duration.ofSeconds(10));
        for (int k = 0; k < CONNECTIONS; k++) {
            Publisher publisher = new Publisher(port, "load-" + k, (topic, payload) -> {});
            publishers.add(publisher);
            int own = k;
            threads.add(new Thread(() -> publish(publisher, own), "load-" + k));
        }
        long begin = System.nanoTime();
        threads.forEach(Thread::start);
        Parent.tell("started");
        long end = begin + (long) (seconds * 1e9);
        // The first half warms; trucks leave in the second.
        long probe = begin + (long) (seconds * 5e8);
        for (int n = 0; n < probes && System.nanoTime() < end; n++) {
            LockSupport.parkNanos(Math.max(0, probe + n * PROBE_EVERY_MS * 1_000_000 - System.nanoTime()));
            String site = BenchSites.id(firstProbe + n);
            probed.put(site, System.nanoTime());
            prober.publish(
                    "dust/v1/" + site + "/wash-a/passage",
                    BenchSites.unwashed(System.currentTimeMillis(), n).getBytes(StandardCharsets.UTF_8));
            prober.flush();
        }
        LockSupport.parkNanos(Math.max(0, end - System.nanoTime()));
        double took = (System.nanoTime() - begin) / 1e9;
        long count = sent.sum();
        stop.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        long patience = System.nanoTime() + 3_000_000_000L;
        while (!probed.isEmpty() && System.nanoTime() < patience) {
            LockSupport.parkNanos(20_000_000);
        }
        Collections.sort(latencies);
        Parent.tell(String.format(Locale.ROOT, "sent %d %.3f %d %d %.3f %.3f", sent.sum(), count / took, latencies.size(),
                probed.size(), quantile(0.5), quantile(0.99)));
        System.exit(0);
    }

    private void alarm(String topic, byte[] payload) {
        long now = System.nanoTime();
        String site = topic.split("/")[2];
        if (new String(payload, StandardCharsets.UTF_8).contains("/washing\"")) {
            Long since = probed.remove(site);
            if (since != null) {
                latencies.add((now - since) / 1e6);
            }
        }
    }

    private double quantile(double share) {
        return latencies.isEmpty() ? 0 : latencies.get(Math.min(latencies.size() - 1, (int) (share * latencies.size())));
    }

    private void publish(Publisher publisher, int own) {
        try {
            long begin = System.nanoTime();
            long n = 0;
            while (!stop.get()) {
                long due = (long) ((System.nanoTime() - begin) / 1e9 * rate / CONNECTIONS);
                for (; n < due && !stop.get(); n++) {
                    int site = (int) ((n * CONNECTIONS + own) % sites);
                    long now = System.currentTimeMillis();
                    publisher.publish(
                            "dust/v1/" + BenchSites.id(site) + "/dust-1/reading",
                            BenchSites.reading(now, n, 40 + n % 600 / 10.0).getBytes(StandardCharsets.UTF_8));
                    sent.increment();
                }
                publisher.flush();
                LockSupport.parkNanos(1_000_000);
            }
        } catch (IOException | InterruptedException e) {
            Parent.complain("load " + own + " ended: " + e);
        }
    }
}
