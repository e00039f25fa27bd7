package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.decode.Hj212Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodeCommandTest {
    private static final String FRAME =
            "##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80";

    @TempDir
    Path directory;

    @Test
    void aReadingBecomesOneObservationWithTheKeysOfTheWire() throws IOException {
        CommandRun run = own("""
                {"ts":"2026-03-14T01:00:00Z","seq":7,"values":{"pm10":118,"windSpeed":2.1,"radon":3},"flags":{"pm10":"T"}}""",
                "--topic", "dust/v1/xx-hongqi-01/dust-1/reading");
        assertEquals(0, run.exit(), run.err());
        assertEquals(List.of("{\"accepted\":true,\"observations\":[{\"type\":\"reading\",\"site\":\"xx-hongqi-01\","
                        + "\"device\":\"dust-1\",\"ts\":\"2026-03-14T09:00:00.000+08:00\",\"seq\":7,"
                        + "\"values\":{\"pm10\":118.0,\"windSpeed\":2.1},\"flags\":{\"pm10\":\"T\",\"windSpeed\":\"N\"}}],"
                        + "\"tolerated\":[],\"ignored\":\"" + ignored(run) + "\"}"),
                run.lines());
    }

    @Test
    void everyElementOfAnArrayIsAnsweredAlone() throws IOException {
        CommandRun run = own("[{\"ts\":1000,\"on\":true},{\"ts\":1000,\"on\":\"yes\"},5]", "--topic", "dust/v1/a/b/spray");
        assertEquals(3, run.lines().size(), run.out());
        assertTrue(run.lines().get(0).startsWith("{\"accepted\":true,"), run.out());
        assertTrue(run.lines().get(1).startsWith("{\"accepted\":false,\"reason\":\"wrong-type\",\"detail\":\""), run.out());
        assertTrue(run.lines().get(2).contains("\"reason\":\"wrong-type\""), run.out());
        assertEquals(0, run.exit());
    }

    @Test
    void withoutATopicTheStreamIsFoundAndNobodyIsNamed() throws IOException {
        CommandRun run = own("{\"ts\":0,\"id\":\"p1\",\"direction\":\"out\",\"covered\":null,\"wash\":{\"seconds\":95}}");
        assertEquals(List.of("{\"accepted\":true,\"observations\":[{\"type\":\"passage\","
                        + "\"ts\":\"1970-01-01T08:00:00.000+08:00\",\"id\":\"p1\",\"direction\":\"out\",\"vehicle\":\"truck\","
                        + "\"wash\":{\"seconds\":95.0,\"wheels\":\"unknown\"}}],\"tolerated\":[]}"),
                run.lines());
    }

    @Test
    void aTopicThatIsNotOursAndAnEmptyPayloadAreRefused() throws IOException {
        assertTrue(own("{}", "--topic", "dust/v1/a/b/radio").out().contains("\"reason\":\"wrong-topic\""));
        assertTrue(own("").out().contains("\"reason\":\"not-json\""));
    }

    @Test
    void subPacketsStandTogetherWithTheLastOfThem() throws IOException {
        String head = "QN=2026031409000100%d;ST=39;CN=2011;PW=123456;MN=%s;Flag=7;PNUM=2;PNO=%d;CP=&&DataTime=20260314090000;";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Hj212Answer.frame(String.format(head, 1, "A", 1) + "a34002-Rtd=118&&"));
        bytes.writeBytes(Hj212Answer.frame(String.format(head, 2, "B", 2) + "a34002-Rtd=7&&"));
        bytes.writeBytes(Hj212Answer.frame(String.format(head, 3, "A", 2) + "a34004-Rtd=61&&"));
        List<String> lines = run(bytes.toByteArray(), "hj212").lines();
        assertTrue(lines.get(0).contains("\"observations\":[],\"tolerated\":[],\"ignored\":\"part 1 of 2"), lines.get(0));
        assertTrue(lines.get(1).contains("\"values\":{\"pm10\":7.0}"), lines.get(1));
        assertTrue(lines.get(2).contains("\"values\":{\"pm10\":118.0,\"pm25\":61.0}"), lines.get(2));
    }

    @Test
    void everyLineIsAFrameAndGetsOneAnswerRubbishToo() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((FRAME + "\r\n").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(new byte[] {0, (byte) 0xff, '#', '#', '\n'});
        bytes.write('\n');
        bytes.writeBytes((FRAME.replace("1C80", "1C81") + "\n").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(FRAME.getBytes(StandardCharsets.US_ASCII));
        CommandRun run = run(bytes.toByteArray(), "hj212");
        assertEquals(0, run.exit(), run.err());
        assertEquals(5, run.lines().size(), run.out());
        assertTrue(run.lines().get(0).startsWith("{\"accepted\":true,\"observations\":[],"), run.out());
        assertTrue(run.lines().get(1).startsWith("{\"accepted\":false,\"reason\":\"malformed\""), run.out());
        assertTrue(run.lines().get(2).startsWith("{\"accepted\":false,\"reason\":\"malformed\""), run.out());
        assertTrue(run.lines().get(3).startsWith("{\"accepted\":false,\"reason\":\"crc\""), run.out());
        assertEquals(run.lines().get(0), run.lines().get(4));
    }

    @Test
    void aFrameOfAMonitorNamesItsMn() throws IOException {
        String segment = "QN=20250131202809340;ST=39;CN=2011;PW=123456;MN=0507A010003242;Flag=4;CP=&&DataTime=20250131202809;"
                + "a34004-Rtd=61.0,a34004-Flag=N&&";
        byte[] frame = Hj212Answer.frame(segment);
        CommandRun run = run(frame, "hj212");
        assertEquals(1, run.lines().size(), run.out());
        assertTrue(run.out().contains("\"mn\":\"0507A010003242\""), run.out());
        assertTrue(run.out().contains("\"ts\":\"2025-01-31T20:28:09.000+08:00\""), run.out());
        assertTrue(run.out().contains("\"values\":{\"pm25\":"), run.out());
    }

    @Test
    void aShippedProfileIsFoundByItsNameFromAnyDirectory() throws IOException {
        CommandRun run = run("{\"Time\":\"2026-03-14T09:00:00\",\"SDS0X1\":{\"PM10\":5.8,\"PM2.5\":null}}"
                .getBytes(StandardCharsets.UTF_8), "tasmota.yaml", "--topic", "tele/dust/SENSOR");
        assertEquals(List.of("{\"accepted\":true,\"observations\":[{\"type\":\"reading\","
                        + "\"ts\":\"2026-03-14T09:00:00.000+08:00\",\"values\":{\"pm10\":5.8},\"flags\":{\"pm10\":\"N\"}}],"
                        + "\"tolerated\":[]}"),
                run.lines());
    }

    @Test
    void badUsageIsTwo() throws IOException {
        Path file = Files.writeString(directory.resolve("f"), "{}");
        CommandRun profile = CommandRun.of("decode", "--as", "no-such-make.yaml", file.toString());
        assertEquals(2, profile.exit());
        assertTrue(profile.err().contains("no-such-make.yaml: does not exist"), profile.err());
        assertEquals(2, CommandRun.of("decode", "--as", "morse", file.toString()).exit());
        assertEquals(2, CommandRun.of("decode", "--as", "own").exit());
        assertEquals(2, CommandRun.of("decode", file.toString()).exit());
        assertEquals(2, CommandRun.of("decode", "--as", "own", directory.resolve("none").toString()).exit());
    }

    private static String ignored(CommandRun run) {
        return run.out().strip().replaceFirst(".*\"ignored\":\"", "").replaceFirst("\"}$", "");
    }

    private CommandRun own(String payload, String... more) throws IOException {
        return run(payload.getBytes(StandardCharsets.UTF_8), "own", more);
    }

    private CommandRun run(byte[] bytes, String as, String... more) throws IOException {
        Path file = Files.write(directory.resolve("input"), bytes);
        List<String> args = new ArrayList<>(List.of("decode", "--as", as));
        args.addAll(List.of(more));
        args.add(file.toString());
        return CommandRun.of(args.toArray(String[]::new));
    }
}
