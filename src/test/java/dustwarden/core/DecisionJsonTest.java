package dustwarden.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecisionJsonTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Against the library's formatter, over zones with odd offsets and years that have five digits. */
    @Test
    void timesAreWrittenAsTheFormatterWritesThem() {
        DateTimeFormatter iso = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);
        Random random = new Random(11);
        for (String zone : List.of("Asia/Shanghai", "UTC", "Asia/Kolkata", "America/St_Johns", "Europe/London", "Pacific/Chatham")) {
            for (int i = 0; i < 5_000; i++) {
                long at = random.nextLong() >> (12 + random.nextInt(40));
                assertEquals(
                        iso.format(Instant.ofEpochMilli(at).atZone(ZoneId.of(zone))), DecisionJson.time(at, ZoneId.of(zone)), zone + at);
            }
        }
    }

    @Test
    void bytesAreThoseOfTheText() {
        Random random = new Random(13);
        String parts = "aB\"\\\n\u0000\u001f\u007f\u0080é߿ࠀ车\uffff\ud83d\ude97\ud800\udfff";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder detail = new StringBuilder();
            for (int c = random.nextInt(i % 50 == 0 ? 9_000 : 40); c > 0; c--) {
                detail.append(parts.charAt(random.nextInt(parts.length())));
            }
            Decision.Rejection rejection = new Decision.Rejection(
                    i, i, Optional.of("工地"), Optional.empty(), OptionalInt.of(3), "bad-json", detail.toString());
            String line = DecisionJson.write(rejection, ZONE);
            assertArrayEquals(line.getBytes(StandardCharsets.UTF_8), DecisionJson.bytes(rejection, ZONE), line);
        }
    }
}
