package dustwarden.settings;

import dustwarden.core.model.Flag;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Throws mutated input at every parser for as long as it is told to: whatever shows a new outcome joins the samples that are
 * mutated next, so that it works its way in. Nothing may throw or take long, and what is accepted must be so by a second,
 * slower reading. {@link FuzzRunTest} runs a little of it; by hand: {@code FuzzRun TARGET INPUTS SEED}.
 */
final class FuzzRun {
    private static final ThreadMXBean TIME = ManagementFactory.getThreadMXBean();
    private static final long NANOS_MAX = 2_000_000_000L;
    private static final int CORPUS_MAX = 4_000;
    private static final int SIZE_MAX = 8_192;
    private static final byte[] SIGNS = "{}[]\"<>&=;,.:/-0919eE'\\\0\n\r#?!~%".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> TOKENS = List.of(
            "null", "true", "1e999", "-1", "NaN", "\"ts\":", "\"values\":{", "\"pm10\":", "0.5", "\\ud800", "é", "##0100",
            "&&", "CP=&&", "a34002-Rtd=", "Flag=D", "PNUM=2;PNO=1;", "99999999999999999999", "DataTime=", "<!DOCTYPE", "]]>", "--b\r\n",
            "\r\n\r\n", "%zz", "- {", "&a ", "*a", "!!java.net.URL", "\uFEFF", "豫G12345", "1,5", "2026-03-14T09:00:00+08:00");
    /** What is fuzzed: a parser that tells its outcome in few words, and what it begins with. */
    record Target(String name, List<byte[]> seeds, Function<byte[], String> run) {}

    private final Target target;
    private final SplittableRandom random;
    private final List<byte[]> corpus = new ArrayList<>();
    private final Map<String, Integer> outcomes = new LinkedHashMap<>();

    FuzzRun(Target target, long seed) {
        this.target = target;
        this.random = new SplittableRandom(seed);
        corpus.addAll(target.seeds());
    }

    /** Runs so many inputs; throws an {@link AssertionError} that carries the input where one is answered wrongly. */
    Map<String, Integer> run(long inputs) {
        for (long i = 0; i < inputs; i++) {
            byte[] input = mutated(corpus.get(random.nextInt(corpus.size())));
            long began = TIME.getCurrentThreadCpuTime();
            String outcome;
            try {
                outcome = target.run().apply(input);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError(target.name() + " throws for " + HexFormat.of().formatHex(input), e);
            }
            if (TIME.getCurrentThreadCpuTime() - began > NANOS_MAX) {
                throw new AssertionError(target.name() + " is slow for " + HexFormat.of().formatHex(input));
            }
            if (outcomes.merge(outcome, 1, Integer::sum) == 1 && corpus.size() < CORPUS_MAX && outcomes.size() < 10 * CORPUS_MAX) {
                corpus.add(input);
            }
        }
        return outcomes;
    }

    private byte[] mutated(byte[] from) {
        byte[] bytes = from;
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length + 1);
            int to = Math.min(bytes.length, at + random.nextInt(16));
            byte[] insert = switch (random.nextInt(7)) {
                case 0 -> TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
                case 1 -> new byte[] {(byte) random.nextInt(256)};
                case 2 -> new byte[] {SIGNS[random.nextInt(SIGNS.length)]};
                case 3 -> Arrays.copyOfRange(bytes, at, to);
                case 4 -> crossed();
                case 5 -> at < bytes.length ? new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))} : new byte[0];
                default -> new byte[0];
            };
            int skipTo = random.nextBoolean() ? at : to;
            byte[] next = new byte[at + insert.length + bytes.length - skipTo];
            System.arraycopy(bytes, 0, next, 0, at);
            System.arraycopy(insert, 0, next, at, insert.length);
            System.arraycopy(bytes, skipTo, next, at + insert.length, bytes.length - skipTo);
            bytes = next.length > SIZE_MAX ? Arrays.copyOf(next, SIZE_MAX) : next;
        }
        return bytes;
    }

    private byte[] crossed() {
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        int from = other.length == 0 ? 0 : random.nextInt(other.length);
        return Arrays.copyOfRange(other, from, Math.min(other.length, from + 1 + random.nextInt(200)));
    }

    /** {@code TARGET|all INPUTS SEED}: what was run, how fast, how many outcomes there were. */
    public static void main(String[] args) throws IOException {
        long inputs = Long.parseLong(args[1]);
        long seed = Long.parseLong(args[2]);
        for (Target target : FuzzTargets.all()) {
            if (!args[0].equals("all") && !args[0].equals(target.name())) {
                continue;
            }
            long began = System.nanoTime();
            try {
                int outcomes = new FuzzRun(target, seed).run(inputs).size();
                System.out.printf(Locale.ROOT, "%s: %d inputs, %.0f s, %d outcomes, nothing found%n",
                        target.name(), inputs, (System.nanoTime() - began) / 1e9, outcomes);
            } catch (AssertionError found) {
                System.out.println(target.name() + ": FOUND " + found.getMessage());
                if (found.getCause() != null) {
                    found.getCause().printStackTrace(System.out);
                }
            }
        }
    }
}
