package dustwarden.stories;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** An HJ 212 frame of a story: {@code {mn: M1, cn: 2051, cp: "a34002-Avg=90,a34002-Flag=N"}}, dated and summed up here. */
final class StoryFrame {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    private StoryFrame() {}

    /**
     * The frame as it is sent.
     *
     * @param at when it is sent
     * @param measured its DataTime, the start of interval data
     */
    static String of(JsonNode said, StoryTime time, long at, long measured) {
        String segment = "QN=" + local(time, at) + "000;ST=39;CN=" + said.path("cn").asText("2011") + ";PW=123456;MN="
                + said.path("mn").asText() + ";Flag=4;CP=&&DataTime=" + local(time, measured) + ";" + said.path("cp").asText() + "&&";
        return String.format("##%04d%s%04X", segment.length(), segment, crc(segment));
    }

    private static String local(StoryTime time, long at) {
        return SECONDS.format(Instant.ofEpochMilli(at).atZone(time.zone()));
    }

    /** As annex A of the standard has it, written down here a second time on purpose. */
    private static int crc(String segment) {
        int sum = 0xFFFF;
        for (byte each : segment.getBytes(StandardCharsets.US_ASCII)) {
            sum = (sum >> 8) ^ (each & 0xFF);
            for (int bit = 0; bit < 8; bit++) {
                sum = (sum & 1) == 1 ? (sum >> 1) ^ 0xA001 : sum >> 1;
            }
        }
        return sum;
    }
}
