package dustwarden.core.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Register;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hj212DecoderTest {
    private static final String DUST = "QN=20250131202809340;ST=39;CN=2011;PW=123456;MN=0507A010003242;Flag=4;CP=&&";
    private static final Hj212Seal SEAL = new Hj212Seal("test".getBytes(StandardCharsets.UTF_8));
    private static final long RECEIVED = Instant.parse("2025-01-31T12:28:10Z").toEpochMilli();

    static String frame(String segment) {
        return new String(Hj212Answer.frame(segment), StandardCharsets.UTF_8).strip();
    }

    private static Decoded.Accepted accepted(String frame) {
        Decoded decoded = Hj212Decoder.decodeRaw(frame);
        return assertInstanceOf(Decoded.Accepted.class, decoded, decoded::toString);
    }

    private static Observation.Reading reading(String cp) {
        return (Observation.Reading) accepted(frame(DUST + cp + "&&")).observations().get(0);
    }

    private static String reason(Decoded decoded) {
        return decoded instanceof Decoded.Rejected r ? r.reason() : "accepted";
    }

    private static String strictly(String frame) {
        return reason(Hj212Decoder.decodeRaw(frame.getBytes(StandardCharsets.UTF_8), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80",
        "##0121QN=20250131202809340;ST=39;CN=2011;PW=123456;MN=0507A010003242;Flag=4;CP=&&DataTime=20250131202809;"
                + "a34001-Rtd=92;Flag=N&&BF41",
        "##0124QN=20040516010101001;ST=32;CN=2051;PW=123456;MN=88888880000001;Flag=3;CP=&&BeginTime=20040506111000,"
                + "EndTime=20040506151000&&6B80",
        "##0087QN=20180821142509000;ST=91;CN=9014;PW=123456;MN=690000D5800028F889221AC0;Flag=4;CP=&&&&F9C1",
    })
    void acceptsTheVectors(String frame) {
        accepted(frame);
        String damaged = frame.replace("ST=", "ST=9");
        assertEquals("crc", reason(Hj212Decoder.decodeRaw(damaged)));
        int tail = frame.length() - 4;
        assertEquals("crc", reason(Hj212Decoder.decodeRaw(frame.substring(0, tail))));
        assertEquals("crc", reason(Hj212Decoder.decodeRaw(frame.substring(0, tail) + "0002")));
    }

    @Test
    void theCrcIsTheStandardsAndNotModbus() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertEquals(0x2F80, Crc16.hj212(digits, 0, 9));
        assertEquals(0x4B37, Crc16.modbus(digits, 0, 9));
        assertEquals(0xBB3D, Crc16.arc(digits, 0, 9));
        assertEquals(0x29B1, Crc16.ccitt(digits, 0, 9));
        assertEquals(0xFFFF, Crc16.hj212(digits, 0, 0));
    }

    @Test
    void readsEveryFactorOfADustMonitor() {
        Observation.Reading reading = reading("DataTime=20250131202809;a34001-Rtd=217,a34001-Flag=D;a34002-Rtd=118.5;"
                + "a34004-Rtd=61;LA-Rtd=63.2;a01001-Rtd=-2.5;a01002-Rtd=32;a01006-Rtd=101.3;a01007-Rtd=2.1;a01008-Rtd=120");
        assertEquals(9, reading.values().size());
        assertEquals(118.5, reading.values().get(Quantity.PM10).number());
        assertEquals(Flag.D, reading.values().get(Quantity.TSP).flag());
        assertEquals(-2.5, reading.values().get(Quantity.TEMPERATURE).number());
        assertEquals(Instant.parse("2025-01-31T12:28:09Z").toEpochMilli(), reading.ts());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "hpa                | DataTime=20250131202809;a01006-Rtd=1013.2                          | PRESSURE | 101.32",
        "pa                 | DataTime=20250131202809;a01006-Rtd=101325                          | PRESSURE | 101.325",
        "datatime           | DataTime=202501312028;a34002-Rtd=9                                 | PM10     | 9",
        "misspelt           | DataTime=20250131202809;LA-td=50.1,LA-Flag=N                       | NOISE    | 50.1",
        "misspelt           | DataTime=20250131202809;LA-Rtd-Rtd=50.1                            | NOISE    | 50.1",
        "key-case           | DATATIME=20250131202809;A34002-RTD=17,A34002-FLAG=N                | PM10     | 17",
        "legacy-code        | DataTime=20250131202809;PM10-Rtd=89.59,PM10-Flag=N                 | PM10     | 89.59",
        "legacy-code        | DataTime=20250131202809;107-Rtd=56.2;925-Rtd=32.9                  | PM25     | 32.9",
        "bare-flag          | DataTime=20250131202809;a34002-Rtd=92;Flag=N                       | PM10     | 92",
        "bare-flag          | DataTime=20250131202809;NOIS-Rtd=46.3,NOIS=N                       | NOISE    | 46.3",
        "separator          | DataTime=20250131202809;a34002-Rtd=9;a34002-Flag=N                 | PM10     | 9",
        "separator          | DataTime=20250131202809,a34002-Rtd=9,a34002-Flag=N                 | PM10     | 9",
        "trailing-separator | DataTime=20250131202809;a34002-Rtd=9,a34002-Flag=N;                | PM10     | 9",
        "datatime           | DataTime=20250131202809123;a34002-Rtd=9                            | PM10     | 9",
        "datatime           | DataTime=2025013120280950;a34002-Rtd=9                             | PM10     | 9",
        "datatime           | DataTime=2025-01-31 20:28:09;a34002-Rtd=9                          | PM10     | 9",
        "spaces             | DataTime=20250131202809; a34002-Rtd=9 , a34002-Flag=N              | PM10     | 9",
        "separator          | DataTime=20250131202809;;a34002-Rtd=9                              | PM10     | 9",
        "trailing-separator | DataTime=20250131202809;a34002-Rtd=9&&                             | PM10     | 9",
        "legacy-code        | DataTime=20250131202809;PA-Rtd=101.3                               | PRESSURE | 101.3",
        "avg-for-rtd        | DataTime=20250131202809;a34002-Avg=9                               | PM10     | 9",
        "flag               | DataTime=20250131202809;a34002-Rtd=9,a34002-Flag=n                 | PM10     | 9",
    })
    void namesWhatItToleratesAndRefusesItWhereStrict(String tolerance, String cp, Quantity quantity, double number) {
        String frame = frame(DUST + cp + "&&");
        Decoded.Accepted accepted = accepted(frame);
        assertTrue(accepted.tolerated().contains(tolerance), accepted::toString);
        assertEquals(number, ((Observation.Reading) accepted.observations().get(0)).values().get(quantity).number());
        assertEquals("malformed", strictly(frame));
    }

    @Test
    void severalMomentsOfOneFrameAreSeveralReadings() {
        String two = frame(DUST + "DataTime=20250131202809;a34002-Rtd=9;DataTime=20250131202909;a34002-Rtd=10&&");
        Decoded.Accepted accepted = accepted(two);
        assertEquals(List.of("datatimes"), accepted.tolerated());
        assertEquals(2, accepted.observations().size());
        Observation.Reading second = (Observation.Reading) accepted.observations().get(1);
        assertEquals(Instant.parse("2025-01-31T12:29:09Z").toEpochMilli(), second.ts());
        assertEquals(10, second.values().get(Quantity.PM10).number());
        assertEquals("malformed", strictly(two));
        String interval = DUST.replace("CN=2011", "CN=2051")
                + "DataTime=20250131200000;a34002-Avg=9;DataTime=20250131200500;a34002-Avg=8&&";
        accepted(frame(interval)).observations()
                .forEach(o -> assertEquals(300_000, ((Observation.Interval) o).periodMs(), "five minutes apart"));
        Decoded.Accepted once = accepted(frame(DUST + "DataTime=20250131202809;a34002-Rtd=9;DataTime=20250131202809;LA-Rtd=50&&"));
        assertEquals(2, ((Observation.Reading) once.observations().get(0)).values().size(), "the same moment twice is one");
    }

    @Test
    void aCpWithoutItsBeginIsRead() {
        String bare = frame(DUST.replace("CP=&&", "CP=") + "DataTime=20250131202809;a34002-Rtd=9&&");
        Decoded.Accepted accepted = accepted(bare);
        assertEquals(List.of("no-cp"), accepted.tolerated());
        assertEquals(9, ((Observation.Reading) accepted.observations().get(0)).values().get(Quantity.PM10).number());
        assertEquals("malformed", strictly(bare));
    }

    @Test
    void toleratesLengthsAndCrcsThatAreKnownToBeOff() {
        String good = frame(DUST + "DataTime=20250131202809;a34002-Rtd=9&&");
        assertEquals("accepted", strictly(good));
        int length = Integer.parseInt(good.substring(2, 6));
        String segment = good.substring(6, good.length() - 4);
        byte[] bytes = segment.getBytes(StandardCharsets.US_ASCII);
        int modbus = Crc16.modbus(bytes, 0, bytes.length);
        String[][] table = {
            {String.format("##%04d", length + 6) + good.substring(6), "length", "length"},
            {String.format("##%04d", length - 1) + good.substring(6), "length", "length"},
            {good.replace("##0", "##"), "length-digits", "length"},
            {good.substring(1), "hash", "malformed"},
            {good.substring(0, good.length() - 4) + String.format("%04X", modbus), "crc-modbus", "crc"},
            {good.substring(0, good.length() - 4) + String.format("%04X", Crc16.swapped(modbus)), "crc-modbus-swapped", "crc"},
        };
        for (String[] row : table) {
            assertTrue(accepted(row[0]).tolerated().contains(row[1]), row[0]);
            assertEquals(row[2], strictly(row[0]), row[0]);
        }
        assertEquals("length", reason(Hj212Decoder.decodeRaw(String.format("##%04d", length + 9) + good.substring(6))));
        assertEquals("length", reason(Hj212Decoder.decodeRaw("##" + good.substring(6))));
        String modbusAndOff = String.format("##%04d", length + 1) + segment + String.format("%04X", modbus);
        assertEquals("crc", reason(Hj212Decoder.decodeRaw(modbusAndOff)));
    }

    @Test
    void leavesOutWhatCannotBeAndKeepsTheRest() {
        for (String wrong : List.of(
                "a34002-Rtd=-1", "a34002-Rtd=1e999", "a34002-Rtd=x", "a34002-Rtd=NaN", "a34002-Rtd=100001",
                "a34002-Rtd=1,a34002-Rtd=2", "a34002-Rtd=1,5", "a34002-Rtd=1,a34002-Flag=U", "a34002-Rtd=0x1p3", "a34002-Rtd=5f")) {
            Decoded.Accepted accepted =
                    accepted(frame(DUST + "DataTime=20250131202809;" + wrong + ";a34004-Rtd=5&&"));
            Observation.Reading reading = (Observation.Reading) accepted.observations().get(0);
            assertFalse(reading.values().has(Quantity.PM10), wrong);
            assertTrue(accepted.ignored().orElseThrow().startsWith("left out"), wrong);
        }
        assertEquals(2e5, reading("DataTime=20250131202809;a34002-Rtd=2e5,a34002-Flag=T").values()
                .get(Quantity.PM10).number());
        assertFalse(reading("DataTime=20250131202809;a34002-Rtd=,a34002-Flag=N;LA-Rtd=40").values().has(Quantity.PM10));
        assertTrue(accepted(frame(DUST + "DataTime=20251331202809;a34002-Rtd=9&&")).observations().isEmpty());
    }

    @Test
    void aFrameOfTheFirstEditionIsHeldToThatEdition() {
        String first = "ST=22;CN=2011;PW=123456;MN=X;CP=&&DataTime=20250131202809;107-Rtd=89,107-Flag=3;126-Rtd=20,126-Flag=1&&";
        assertEquals(List.of(), accepted(frame(first)).tolerated());
        assertEquals("accepted", strictly(frame(first)));
        assertEquals("accepted", strictly(lowerCrc(frame(first))));
        String second = "ST=22;CN=2011;PW=123456;MN=X;Flag=4;CP=&&DataTime=20250131202809;107-Rtd=89,107-Flag=3&&";
        assertEquals(List.of("no-qn", "legacy-code", "flag"), accepted(frame(second)).tolerated());
        assertEquals("malformed", strictly(frame(second)));
    }

    private static String lowerCrc(String frame) {
        int crc = frame.length() - 4;
        return frame.substring(0, crc) + frame.substring(crc).toLowerCase(Locale.ROOT);
    }

    @Test
    void chineseTextIsTakenInUtf8AndToleratedInGbk() {
        String cp = "DataTime=20250131202809;PolId=a34002;i11001-Info=//清洗管路//;a34002-Rtd=9&&";
        assertEquals("accepted", strictly(frame(DUST + cp)));
        byte[] segment = (DUST + cp).getBytes(Hj212Note.GBK);
        byte[] crc = String.format("%04X", Crc16.hj212(segment, 0, segment.length)).getBytes(StandardCharsets.US_ASCII);
        for (int length : new int[] {segment.length, (DUST + cp).length()}) {
            ByteArrayOutputStream gbk = new ByteArrayOutputStream();
            gbk.writeBytes(String.format("##%04d", length).getBytes(StandardCharsets.US_ASCII));
            gbk.writeBytes(segment);
            gbk.writeBytes(crc);
            Decoded.Accepted accepted = (Decoded.Accepted) Hj212Decoder.decodeRaw(gbk.toByteArray(), false);
            assertEquals(List.of("gbk"), accepted.tolerated());
            assertEquals(1, accepted.observations().size());
            assertEquals("malformed", reason(Hj212Decoder.decodeRaw(gbk.toByteArray(), true)));
        }
    }

    @Test
    void noSingleDamagedByteBehindTheLengthIsEverTaken() {
        byte[] good = frame(DUST + "DataTime=20250131202809;a34002-Rtd=118.0,a34002-Flag=N;a34004-Rtd=61;LA-Rtd=63.2&&")
                .getBytes(StandardCharsets.US_ASCII);
        for (int at = 6; at < good.length; at++) {
            for (int other = ' '; other < 127; other++) {
                boolean sameCrc = at >= good.length - 4 && Character.toUpperCase(other) == good[at];
                if (other != good[at] && !sameCrc) {
                    byte[] damaged = good.clone();
                    damaged[at] = (byte) other;
                    assertInstanceOf(Decoded.Rejected.class, Hj212Decoder.decodeRaw(damaged, false),
                            () -> new String(damaged, StandardCharsets.US_ASCII));
                }
            }
        }
    }

    @Test
    void intervalDataStartsAtDataTime() {
        String head = "QN=20160801085001001;ST=39;CN=%s;PW=123456;MN=X;Flag=4;CP=&&DataTime=20160801084000;"
                + "a34002-Min=1,a34002-Avg=2,a34002-Max=3,a34002-Flag=N;LA-Avg=40;Leq-Avg=50&&";
        long[] periods = {600_000, 3_600_000, 86_400_000};
        String[] cns = {"2051", "2061", "2031"};
        for (int i = 0; i < cns.length; i++) {
            Observation.Interval interval =
                    (Observation.Interval) accepted(frame(String.format(head, cns[i]))).observations().get(0);
            assertEquals(Instant.parse("2016-08-01T00:40:00Z").toEpochMilli(), interval.ts());
            assertEquals(periods[i], interval.periodMs());
            assertEquals(2, interval.values().get(Quantity.PM10).number());
            assertEquals(50, interval.values().get(Quantity.NOISE).number());
        }
    }

    @Test
    void theRegisterDecidesWhoseFrameItIs() {
        Device dust = Sites.device("dust-2", DeviceKind.MONITOR, Optional.of(Sites.hj212(
                "0507A010003242", Optional.of(SEAL.hash("123456")), Map.of("a34002", 0.001), false)));
        Device strict = Sites.device("dust-3", DeviceKind.MONITOR, Optional.of(Sites.hj212(
                "STRICT", Optional.empty(), Map.of(), true)));
        Device spray = Sites.device("spray-2", DeviceKind.SPRAY, Optional.of(Sites.hj212(
                "SPRAY", Optional.empty(), Map.of(), false)));
        Register register = Sites.register(dust, strict, spray);
        String frame = frame(DUST + "DataTime=20250131202809;a34002-Rtd=118000;Flag=N&&");
        Hj212Decoder.Result result = decode(frame, register, RECEIVED);
        Observation.Reading reading =
                (Observation.Reading) ((Decoded.Accepted) result.decoded()).observations().get(0);
        assertEquals("dust-2", reading.device());
        assertEquals(118, reading.values().get(Quantity.PM10).number(), 1e-9);
        assertEquals("bad-password", reason(decode(
                frame(DUST.replace("123456", "123457") + "DataTime=20250131202809;a34002-Rtd=1&&"), register, RECEIVED)
                .decoded()));
        assertEquals("unknown-mn", reason(decode(frame, Sites.register(), RECEIVED).decoded()));
        String asStrict = frame(DUST.replace("0507A010003242", "STRICT") + "DataTime=20250131202809;a34002-Rtd=1;Flag=N&&");
        assertEquals("malformed", reason(decode(asStrict, register, RECEIVED).decoded()));
        String asSpray = frame(DUST.replace("0507A010003242", "SPRAY") + "DataTime=20250131202809;a34002-Rtd=1&&");
        assertEquals("unsupported", reason(decode(asSpray, register, RECEIVED).decoded()));
        assertEquals("time-ancient", reason(decode(frame, register, RECEIVED + 31L * 86_400_000).decoded()));
        assertEquals("time-future", reason(decode(frame, register, RECEIVED - 86_500_000).decoded()));
    }

    private static Hj212Decoder.Result decode(String frame, Register register, long received) {
        Hj212Seal.Sealed sealed = SEAL.seal(frame.getBytes(StandardCharsets.UTF_8));
        return Hj212Decoder.decode(sealed.frame(), sealed.note(), register, received);
    }

    @Test
    void sealingHidesEveryPasswordAndKeepsTheRest() {
        String frame = frame("QN=1;ST=39;CN=1072;PW=123456;MN=X;Flag=5;CP=&&NewPW=654321&&");
        String sealed = new String(SEAL.seal(frame.getBytes(StandardCharsets.UTF_8)).frame(), StandardCharsets.UTF_8);
        assertEquals(
                frame.replace("123456", SEAL.hash("123456")).replace("654321", SEAL.hash("654321")), sealed);
        assertEquals(64, SEAL.hash("").length());
        Hj212Note note = Hj212Note.of(frame.getBytes(StandardCharsets.UTF_8));
        assertEquals(note, Hj212Note.parse(note.text()));
    }

    @Test
    void answersDataWithItsOwnQn() {
        byte[] frame = ("##0239QN=20180821142509000;ST=39;CN=2011;PW=123456;MN=690000D5800028F889221AC0;Flag=4;CP=&&"
                + "DataTime=20180821142509;a34004-Rtd=0.0;a34002-Rtd=0.0;a34001-Rtd=0.0;LA-Rtd=0.0;a01001-Rtd=0.0;"
                + "a01002-Rtd=0.0;a01006-Rtd=0.0;a01007-Rtd=0.0;a01008-Rtd=0&&E541").getBytes(StandardCharsets.UTF_8);
        Hj212Frame parsed = Hj212Answer.parse(frame).frame().orElseThrow();
        assertFalse(Hj212Answer.isWanted(parsed));
        assertArrayEquals(
                ("##0087QN=20180821142509000;ST=91;CN=9014;PW=123456;MN=690000D5800028F889221AC0;Flag=4;CP=&&&&F9C1\r\n")
                        .getBytes(StandardCharsets.UTF_8),
                Hj212Answer.dataAnswer(parsed).orElseThrow());
    }

    @Test
    void putsSubPacketsTogether() {
        Hj212Parts parts = new Hj212Parts();
        String head = "QN=20250131202809340;ST=39;CN=2011;PW=1;MN=X;Flag=6;PNUM=2;PNO=%d;CP=&&DataTime=20250131202809;";
        Decoded first = take(parts, frame(String.format(head, 1) + "a34002-Rtd=9&&"));
        assertTrue(((Decoded.Accepted) first).observations().isEmpty());
        Decoded again = take(parts, frame(String.format(head, 1) + "a34002-Rtd=9&&"));
        assertTrue(((Decoded.Accepted) again).observations().isEmpty());
        Decoded second = take(parts, frame(String.format(head, 2) + "a34004-Rtd=5&&"));
        List<Observation> all = ((Decoded.Accepted) second).observations();
        assertEquals(1, all.size());
        assertEquals(2, ((Observation.Reading) all.get(0)).values().size());
    }

    @Test
    void letsAnIncompleteGroupGoAsFarAsItIsKnown() {
        Hj212Parts parts = new Hj212Parts();
        take(parts, frame("QN=20250131202809340;ST=39;CN=2011;PW=1;MN=X;Flag=6;PNUM=2;PNO=1;CP=&&"
                + "DataTime=20250131202809;a34002-Rtd=9&&"));
        assertEquals(Hj212Parts.WAIT_MS, parts.nextAt());
        assertEquals(List.of(), parts.overdue(Hj212Parts.WAIT_MS - 1));
        assertEquals(1, parts.overdue(Hj212Parts.WAIT_MS).size());
        assertEquals(Long.MAX_VALUE, parts.nextAt());
    }

    private static Decoded take(Hj212Parts parts, String frame) {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        return parts.take(Hj212Answer.parse(bytes).frame().orElseThrow(), Hj212Decoder.decodeRaw(bytes, false), 0);
    }

    @Test
    void recordedFramesKeepToTheirVerdict() throws IOException {
        List<byte[]> frames = lines("/hj212/frames.txt");
        List<byte[]> index = lines("/hj212/frames.csv");
        assertEquals(frames.size() + 1, index.size());
        for (int i = 0; i < frames.size(); i++) {
            String row = new String(index.get(i + 1), StandardCharsets.UTF_8);
            Decoded decoded = Hj212Decoder.decodeRaw(frames.get(i), false);
            if (row.contains(",decodes,")) {
                assertInstanceOf(Decoded.Accepted.class, decoded, row);
            } else if (row.contains(",wrong,") || row.contains(",missing,")) {
                assertInstanceOf(Decoded.Rejected.class, decoded, row);
            } else {
                assertFalse(((Decoded.Accepted) decoded).tolerated().isEmpty(), row);
                assertInstanceOf(Decoded.Rejected.class, Hj212Decoder.decodeRaw(frames.get(i), true), row);
            }
        }
    }

    static List<byte[]> lines(String resource) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        try (InputStream in = Hj212DecoderTest.class.getResourceAsStream(resource)) {
            byte[] all = in.readAllBytes();
            int start = 0;
            for (int i = 0; i < all.length; i++) {
                if (all[i] == '\n') {
                    lines.add(Arrays.copyOfRange(all, start, i));
                    start = i + 1;
                }
            }
        }
        return lines;
    }
}
