package dustwarden.core.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.judge.Reason;
import dustwarden.core.judge.Subject;
import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.rule.RuleHead.Priority;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of an alarm: raised and returned with delays, acted upon, closed, never deleted. */
class AlarmBookTest {
    private static final long MINUTE = 60_000;
    private static final Terms UNIT = new Terms("book/unit", "enclosure", Priority.MEDIUM, MINUTE, MINUTE, 10 * MINUTE);
    private static final Terms GATE = new Terms("book/gate", "washing", Priority.MEDIUM, 0, 0, 0);

    private final AlarmBook book = new AlarmBook("s-1");
    private final List<String> told = new ArrayList<>();
    private final List<AlarmEvent.Transition> entered = new ArrayList<>();
    private long offset;

    private void hear(AlarmEvent event) {
        if (event instanceof AlarmEvent.Transition t) {
            entered.add(t);
            told.add(t.transition() + (t.transition().equals(t.state()) ? "" : "/" + t.state()));
        } else if (event instanceof AlarmEvent.Tell tell) {
            told.add("tell " + tell.transition());
        }
    }

    private static Subject subject(Standing standing, long failures) {
        return new Subject("x", standing, failures, OptionalDouble.empty(), OptionalDouble.empty(),
                standing == Standing.IN_ORDER ? List.of() : List.of(Reason.of("why")));
    }

    private AlarmBookTest stand(Terms terms, long now, Standing standing, long failures) {
        book.update(terms, List.of(subject(standing, failures)), now, offset++, this::hear);
        return this;
    }

    private AlarmBookTest tick(long now) {
        book.tick(now, offset++, this::hear);
        return this;
    }

    private AlarmBook.Outcome act(AlarmAct.Kind kind, long now) {
        OptionalLong until = kind == AlarmAct.Kind.SHELVE ? OptionalLong.of(now + 10 * MINUTE) : OptionalLong.empty();
        return book.act(new AlarmAct(kind, entered.get(0).id(), "Li", Optional.of("because"), until, List.of(), OptionalLong.empty()),
                now, this::hear);
    }

    private void refused(String reason, AlarmBook.Outcome outcome) {
        assertEquals(reason, assertInstanceOf(AlarmBook.Outcome.Refused.class, outcome).reason());
    }

    private AlarmBookTest raised() {
        stand(UNIT, 0, Standing.BROKEN, 0).tick(MINUTE);
        told.clear();
        return this;
    }

    @ParameterizedTest
    @CsvSource({"59999,0", "60000,1"})
    void isRaisedAfterItsOnDelay(long now, int alarms) {
        stand(UNIT, 0, Standing.BROKEN, 0);
        assertEquals(MINUTE, book.nextAt(0));
        assertEquals(alarms, tick(now).entered.size());
    }

    @Test
    void aFailedPassageRaisesAtOnceAndIsToldAtOnce() {
        stand(GATE, 5, Standing.BROKEN, 1);
        assertEquals(List.of("raised", "tell raised"), told);
    }

    @Test
    void itsIdNamesSiteRuleSubjectAndTheEntryThatRaisedIt() throws Exception {
        offset = 41;
        stand(GATE, 5, Standing.BROKEN, 1);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest("s-1|book/gate|x|41".getBytes(StandardCharsets.UTF_8));
        assertEquals(HexFormat.of().formatHex(hash, 0, 8), entered.get(0).id());
    }

    @Test
    void aSubjectThatMendsWithinTheDelayRaisesNothing() {
        stand(UNIT, 0, Standing.BROKEN, 0).stand(UNIT, 59_000, Standing.IN_ORDER, 0).tick(10 * MINUTE);
        assertEquals(List.of(), told);
        assertEquals(Long.MAX_VALUE, book.nextAt(0));
    }

    @Test
    void notKnowingRaisesNothingAndClearsNothing() {
        stand(UNIT, 0, Standing.UNCLEAR, 0).tick(10 * MINUTE);
        assertEquals(List.of(), told);
        stand(UNIT, 20 * MINUTE, Standing.BROKEN, 0).tick(21 * MINUTE).stand(UNIT, 22 * MINUTE, Standing.UNCLEAR, 0).tick(500 * MINUTE);
        assertEquals(List.of("raised", "tell raised"), told);
        assertEquals(1, book.open().size());
    }

    @Test
    void peopleAreToldTenMinutesAfterTheRaising() {
        raised().tick(11 * MINUTE - 1);
        assertEquals(List.of(), told);
        tick(11 * MINUTE);
        assertEquals(List.of("tell raised"), told);
    }

    @Test
    void whatReturnsBeforePeopleWereToldIsNotToldOf() {
        raised().stand(UNIT, 2 * MINUTE, Standing.IN_ORDER, 0).tick(3 * MINUTE).tick(60 * MINUTE);
        assertEquals(List.of("returned"), told);
    }

    @ParameterizedTest
    @CsvSource({"179999,0", "180000,1"})
    void returnsAfterItsOffDelayAndStaysOpen(long now, int returned) {
        raised().stand(UNIT, 2 * MINUTE, Standing.IN_ORDER, 0).tick(now);
        assertEquals(returned, told.size());
        assertEquals(1, book.open().size());
    }

    @Test
    void closesWhenReturnedAndAcknowledgedInEitherOrder() {
        raised();
        act(AlarmAct.Kind.ACKNOWLEDGE, 2 * MINUTE);
        stand(UNIT, 3 * MINUTE, Standing.IN_ORDER, 0).tick(4 * MINUTE);
        assertEquals(List.of("acknowledged", "returned", "closed"), told);
        assertEquals(List.of(), book.open());

        AlarmBookTest other = new AlarmBookTest().raised().stand(UNIT, 3 * MINUTE, Standing.IN_ORDER, 0).tick(4 * MINUTE);
        other.act(AlarmAct.Kind.ACKNOWLEDGE, 5 * MINUTE);
        assertEquals(List.of("returned", "acknowledged/returned", "closed"), other.told);
    }

    @Test
    void isVerifiedOnlyOnceItReturned() {
        raised();
        refused("not-allowed", act(AlarmAct.Kind.VERIFY, 2 * MINUTE));
        stand(UNIT, 3 * MINUTE, Standing.IN_ORDER, 0).tick(4 * MINUTE);
        assertInstanceOf(AlarmBook.Outcome.Done.class, act(AlarmAct.Kind.VERIFY, 5 * MINUTE));
        assertEquals(List.of("returned", "verified", "closed"), told);
        refused("not-allowed", act(AlarmAct.Kind.VERIFY, 6 * MINUTE));
    }

    @Test
    void aFailureBeforeItClosedRaisesTheSameAgainAndWantsANewAcknowledgement() {
        raised().stand(UNIT, 2 * MINUTE, Standing.IN_ORDER, 0).tick(3 * MINUTE);
        stand(UNIT, 5 * MINUTE, Standing.BROKEN, 0).tick(6 * MINUTE);
        AlarmEvent.Transition again = entered.get(entered.size() - 1);
        assertEquals("raised", again.transition());
        assertEquals(entered.get(0).id(), again.id());
        assertEquals(2, again.occurrences());
        assertTrue(again.returnedAt().isEmpty());
        stand(UNIT, 7 * MINUTE, Standing.IN_ORDER, 0).tick(8 * MINUTE);
        assertEquals(1, book.open().size());
    }

    @Test
    void afterItClosedAFailureIsAnotherAlarm() {
        raised();
        act(AlarmAct.Kind.ACKNOWLEDGE, 2 * MINUTE);
        stand(UNIT, 3 * MINUTE, Standing.IN_ORDER, 0).tick(4 * MINUTE);
        stand(UNIT, 5 * MINUTE, Standing.BROKEN, 0).tick(6 * MINUTE);
        AlarmEvent.Transition last = entered.get(entered.size() - 1);
        assertEquals("raised", last.transition());
        assertTrue(!last.id().equals(entered.get(0).id()));
        assertEquals(1, last.occurrences());
    }

    @Test
    void furtherFailuresAreOccurrencesInsideIt() {
        stand(GATE, 0, Standing.BROKEN, 1).stand(GATE, 1, Standing.BROKEN, 2).stand(GATE, 2, Standing.BROKEN, 4);
        assertEquals(
                List.of("raised", "tell raised", "occurrence/raised", "tell occurrence", "occurrence/raised", "tell occurrence"),
                told);
        assertEquals(4, entered.get(2).occurrences());
        stand(GATE, 3, Standing.BROKEN, 4);
        assertEquals(3, entered.size());
    }

    @Test
    void aCountThatBeginsAnewAfterMendingGoesOnCounting() {
        stand(GATE, 0, Standing.BROKEN, 3).stand(GATE, 1, Standing.IN_ORDER, 0).stand(GATE, 2, Standing.BROKEN, 1);
        assertEquals(List.of("raised", "tell raised", "returned", "tell returned", "raised", "tell raised"), told);
        assertEquals(4, entered.get(2).occurrences());
        stand(GATE, 3, Standing.BROKEN, 2);
        assertEquals("occurrence", entered.get(3).transition());
        assertEquals(5, entered.get(3).occurrences());
    }

    @Test
    void failuresThatAnAlarmHasToldOfRaiseNoOther() {
        stand(GATE, 0, Standing.BROKEN, 2);
        act(AlarmAct.Kind.ACKNOWLEDGE, 1);
        stand(GATE, 2, Standing.IN_ORDER, 2).stand(GATE, 3, Standing.BROKEN, 2).tick(4);
        assertEquals(List.of(), book.open());
        stand(GATE, 5, Standing.BROKEN, 3);
        assertEquals(1, entered.get(entered.size() - 1).occurrences());
        assertEquals("raised", entered.get(entered.size() - 1).transition());
    }

    @Test
    void theContractorsWordMakesItRectifiedAndNoMore() {
        raised();
        book.update(UNIT, List.of(new Subject("x", Standing.BROKEN, 0, OptionalDouble.empty(), OptionalDouble.empty(),
                List.of(Reason.of("out-of-order-rectified")))), 2 * MINUTE, offset++, this::hear);
        assertEquals(List.of("rectified"), told);
        refused("not-allowed", act(AlarmAct.Kind.RECTIFY, 3 * MINUTE));
        assertInstanceOf(AlarmBook.Outcome.Done.class, act(AlarmAct.Kind.ACKNOWLEDGE, 4 * MINUTE));
    }

    @Test
    void aShelfHidesNoticesAndEndsByItself() {
        raised();
        act(AlarmAct.Kind.SHELVE, 2 * MINUTE);
        assertEquals(12 * MINUTE, entered.get(1).handling().until().getAsLong());
        tick(11 * MINUTE).tick(12 * MINUTE);
        assertEquals(List.of("shelved", "raised"), told);
        refused("not-allowed", new AlarmBookTest().raised().shelvedThen(AlarmAct.Kind.SHELVE));
        refused("not-allowed", new AlarmBookTest().raised().shelvedThen(AlarmAct.Kind.ACKNOWLEDGE));
    }

    private AlarmBook.Outcome shelvedThen(AlarmAct.Kind kind) {
        act(AlarmAct.Kind.SHELVE, 2 * MINUTE);
        return act(kind, 3 * MINUTE);
    }

    @Test
    void whatReturnsUnderAShelfLeavesIt() {
        raised();
        act(AlarmAct.Kind.SHELVE, 2 * MINUTE);
        stand(UNIT, 3 * MINUTE, Standing.IN_ORDER, 0).tick(4 * MINUTE);
        AlarmEvent.Transition last = entered.get(entered.size() - 1);
        assertEquals("returned", last.transition());
        assertTrue(last.handling().until().isEmpty());
        assertTrue(book.open().size() == 1);
    }

    @Test
    void aShelfNeedsAnEndInTheFuture() {
        raised();
        String id = entered.get(0).id();
        refused("missing-field", shelve(id, "because", OptionalLong.empty()));
        refused("missing-field", shelve(id, "because", OptionalLong.of(2 * MINUTE)));
        refused("missing-field", shelve(id, " ", OptionalLong.of(3 * MINUTE)));
        refused("out-of-range", shelve(id, "because", OptionalLong.of(2 * MINUTE + 31L * 24 * 60 * MINUTE)));
        refused("stale-version", book.act(new AlarmAct(AlarmAct.Kind.COMMENT, id, "Li", Optional.of("hm"), OptionalLong.empty(),
                List.of(), OptionalLong.of(7)), 2 * MINUTE, this::hear));
        assertEquals(List.of(), told);
    }

    private AlarmBook.Outcome shelve(String id, String text, OptionalLong until) {
        return book.act(new AlarmAct(AlarmAct.Kind.SHELVE, id, "Li", Optional.of(text), until, List.of(), OptionalLong.empty()),
                2 * MINUTE, this::hear);
    }

    @Test
    void aWithdrawnRuleClosesItsAlarms() {
        raised();
        book.withdraw(Set.of("book/gate"), 2 * MINUTE, this::hear);
        assertEquals(List.of("closed"), told);
        assertEquals("rule-withdrawn", entered.get(1).reasons().get(0).code());
        assertEquals(List.of(), book.open());
    }

    @Test
    void eachTransitionCountsItsVersionUp() {
        raised();
        act(AlarmAct.Kind.COMMENT, 2 * MINUTE);
        act(AlarmAct.Kind.ACKNOWLEDGE, 3 * MINUTE);
        act(AlarmAct.Kind.RECTIFY, 4 * MINUTE);
        assertEquals(List.of(1L, 2L, 3L, 4L), entered.stream().map(AlarmEvent.Transition::version).toList());
        assertEquals(List.of("comment/raised", "acknowledged", "rectified"), told);
    }
}
