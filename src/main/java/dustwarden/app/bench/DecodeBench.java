package dustwarden.app.bench;

import dustwarden.core.decode.Decoded;
import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.decode.Hj212Decoder;
import dustwarden.core.decode.OwnDecoder;
import dustwarden.core.model.DeviceKind.Stream;
import dustwarden.core.model.Site;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/** What decoding one reading costs, by its format. */
final class DecodeBench {
    private static final String SEGMENT = "QN=20250131202809340;ST=39;CN=2011;PW=123456;MN=0507A010003242;Flag=4;"
            + "CP=&&DataTime=20250131202809;a34001-Rtd=117.2,a34001-Flag=N;a34002-Rtd=61.0,a34002-Flag=N;"
            + "a34004-Rtd=31.5,a34004-Flag=N;a01001-Rtd=12.6,a01001-Flag=N;a01002-Rtd=32.0,a01002-Flag=N&&";

    private DecodeBench() {}

    static void run(Site site, double seconds, Figures figures) {
        long ts = 1_773_450_000_000L;
        byte[] reading = BenchSites.reading(ts, 1, 61.3).getBytes(StandardCharsets.UTF_8);
        var monitor = site.device("dust-1").orElseThrow();
        figures.add(
                "decode_own_reading",
                micros(seconds / 2, () -> OwnDecoder.decode(site, monitor, Stream.READING, reading, ts).get(0)),
                "us");
        byte[] line = Hj212Answer.frame(SEGMENT);
        byte[] frame = Arrays.copyOf(line, line.length - 2);
        figures.add("decode_hj212_frame", micros(seconds / 2, () -> Hj212Decoder.decodeRaw(frame, false)), "us");
    }

    private static double micros(double seconds, Supplier<Decoded> decode) {
        repeat(seconds / 2, decode);
        return repeat(seconds / 2, decode);
    }

    private static double repeat(double seconds, Supplier<Decoded> decode) {
        long count = 0;
        long begin = ThreadTime.nanos();
        long took;
        do {
            for (int i = 0; i < 1_000; i++) {
                if (!(decode.get() instanceof Decoded.Accepted accepted) || accepted.observations().isEmpty()) {
                    throw new IllegalStateException("the bench's own reading is not taken");
                }
            }
            count += 1_000;
            took = ThreadTime.nanos() - begin;
        } while (took < seconds * 1e9);
        return took / 1e3 / count;
    }
}
