package dustwarden.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.decode.Hj212Frame;
import dustwarden.intake.Hj212Exchange.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Reading and setting intervals (1061, 1062, 1063, 1064) against devices that answer late, wrongly, partly or not at all. */
class Hj212IntervalsTest {
    private static final Hj212Ask ASK = new Hj212Ask(Optional.empty(), Optional.of(Duration.ofMinutes(1)),
            Optional.of(Duration.ofMinutes(10)), false, Duration.ofSeconds(10), 3);

    private Instant now = Instant.parse("2026-03-14T01:00:00Z");
    private final Hj212Asks asks = new Hj212Asks(ASK, Hj212Register.open(), () -> now);
    private final List<Hj212Frame> sent = new ArrayList<>();
    private final Consumer<byte[]> line = bytes -> sent.add(parsed(bytes));

    private static Hj212Frame parsed(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
        return Hj212Answer.parse(text.getBytes(StandardCharsets.ISO_8859_1)).frame().orElseThrow();
    }

    private void say(String qn, String cn, String cp) {
        asks.heard(parsed(Hj212Answer.frame(
                "QN=" + qn + ";ST=39;CN=" + cn + ";PW=123456;MN=SITE0001;Flag=4;CP=&&" + cp + "&&")), line);
    }

    private void reading() {
        say("20260314090000001", "2011", "DataTime=20260314090000;a34002-Rtd=9");
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now = now.plusSeconds(1);
            asks.tick();
        }
    }

    private Hj212Frame last() {
        return sent.get(sent.size() - 1);
    }

    private void carriedOut(String value) {
        String qn = last().get("QN");
        say(qn, "9011", "QnRtn=1");
        if (!value.isEmpty()) {
            say(qn, last().cn(), value);
        }
        say(qn, "9012", "ExeRtn=1");
    }

    private List<String> asked() {
        return sent.stream().map(Hj212Frame::cn).toList();
    }

    @Test
    void readsBothAndSetsOnlyTheOneThatIsOtherwise() {
        reading();
        carriedOut("RtdInterval=030");
        carriedOut("MinInterval=010");
        assertEquals(List.of("1061", "1063", "1062"), asked(), "ten is ten, however it is written");
        assertEquals("60", last().plain("RtdInterval"));
        carriedOut("");
        pass(120);
        reading();
        assertEquals(3, sent.size());
        assertEquals(3, asks.endedAs(State.DONE));
        assertEquals(0, asks.resent.sum());
    }

    @Test
    void whoNeverAnswersIsAskedThreeTimesMoreUnderTheSameQnAndThenLeftAlone() {
        reading();
        for (int n = 0; n < 5; n++) {
            pass(9);
            reading();
            assertEquals(Math.min(4, n + 1), sent.size());
            pass(1);
        }
        assertEquals(List.of("1061", "1061", "1061", "1061"), asked());
        assertEquals(1, sent.stream().map(f -> f.get("QN")).distinct().count());
        assertEquals(1, asks.endedAs(State.TIMED_OUT));
        pass(3_600);
        reading();
        assertEquals(4, sent.size(), "not even the minute interval is asked of who is deaf");
    }

    @Test
    void anAnswerUnderAnotherQnIsNone() {
        reading();
        String wrong = "20260314090000999";
        say(wrong, "9011", "QnRtn=1");
        say(wrong, "1061", "RtdInterval=300");
        say(wrong, "9012", "ExeRtn=1");
        say("", "9011", "QnRtn=1");
        pass(9);
        assertEquals(1, sent.size());
        pass(11);
        assertTrue(asked().size() > 1 && asked().stream().allMatch("1061"::equals), "asked again, and nothing set: " + asked());
        assertEquals(0, asks.endedAs(State.DONE));
        carriedOut("RtdInterval=60");
        assertEquals("1063", last().cn());
    }

    @Test
    void anAnswerToTheFirstSendingThatComesAfterTheSecondCounts() {
        reading();
        pass(25);
        assertEquals(List.of("1061", "1061", "1061"), asked());
        carriedOut("RtdInterval=60");
        assertEquals(1, asks.endedAs(State.DONE));
        assertEquals("1063", last().cn());
        carriedOut("MinInterval=5");
        assertEquals("1064", last().cn());
    }

    @Test
    void anAnswerAfterItWasGivenUpSetsNothing() {
        reading();
        String qn = last().get("QN");
        pass(41);
        assertEquals(1, asks.endedAs(State.TIMED_OUT));
        int before = sent.size();
        say(qn, "9011", "QnRtn=1");
        say(qn, "1061", "RtdInterval=300");
        say(qn, "9012", "ExeRtn=1");
        pass(60);
        assertEquals(before, sent.size());
        assertEquals(0, asks.endedAs(State.DONE));
    }

    @Test
    void whoAgreesAndThenFallsSilentIsNotAskedAgain() {
        reading();
        say(last().get("QN"), "9011", "QnRtn=1");
        pass(30);
        assertEquals(1, sent.size(), "what was agreed to is not sent again");
        assertEquals(1, asks.endedAs(State.TIMED_OUT));
    }

    @Test
    void whoRefusesOrFailsOneThingIsAskedTheNext() {
        reading();
        say(last().get("QN"), "9011", "QnRtn=2");
        assertEquals(List.of("1061", "1063"), asked());
        say(last().get("QN"), "9011", "QnRtn=1");
        say(last().get("QN"), "9012", "ExeRtn=5");
        pass(60);
        assertEquals(2, sent.size());
        assertEquals(1, asks.endedAs(State.REFUSED));
        assertEquals(1, asks.endedAs(State.FAILED));
    }

    @Test
    void valuesThatAreNoIntervalAreSetRight() {
        reading();
        carriedOut("RtdInterval=often");
        carriedOut("MinInterval=");
        assertEquals(List.of("1061", "1063", "1062"), asked());
        carriedOut("");
        assertEquals(List.of("1061", "1063", "1062", "1064"), asked());
    }

    @Test
    void aNewConnectionBeginsAnewAndTheOldOneIsNotSpokenTo() {
        reading();
        List<Hj212Frame> other = new ArrayList<>();
        Consumer<byte[]> second = bytes -> other.add(parsed(bytes));
        asks.heard(parsed(Hj212Answer.frame("QN=20260314090000002;ST=39;CN=2011;PW=123456;MN=SITE0001;Flag=4;CP=&&DataTime="
                + "20260314090000;a34002-Rtd=9&&")), second);
        assertEquals(List.of("1061"), other.stream().map(Hj212Frame::cn).toList());
        pass(10);
        assertEquals(1, sent.size());
        assertEquals(2, other.size());
        asks.lost(second);
        pass(60);
        assertEquals(2, other.size());
    }
}
