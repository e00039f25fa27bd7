package dustwarden.core.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.alarm.AlarmState.Acknowledged;
import dustwarden.core.alarm.AlarmState.Closed;
import dustwarden.core.alarm.AlarmState.OutOfService;
import dustwarden.core.alarm.AlarmState.Raised;
import dustwarden.core.alarm.AlarmState.Rectified;
import dustwarden.core.alarm.AlarmState.Returned;
import dustwarden.core.alarm.AlarmState.Shelved;
import dustwarden.core.alarm.AlarmState.Suppressed;
import dustwarden.core.alarm.AlarmState.Verified;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state against every act; what the table does not allow is refused. */
class AlarmStateTest {
    private static final Map<String, AlarmState> STATES = Map.ofEntries(
            Map.entry("raised", new Raised()),
            Map.entry("acknowledged", new Acknowledged()),
            Map.entry("rectified", new Rectified(false, "Wang")),
            Map.entry("rectified-seen", new Rectified(true, "Wang")),
            Map.entry("shelved", new Shelved(new Raised(), 9)),
            Map.entry("suppressed", new Suppressed(new Raised(), "plan")),
            Map.entry("suppressed-seen", new Suppressed(new Acknowledged(), "plan")),
            Map.entry("out-of-service", new OutOfService(new Raised(), "w")),
            Map.entry("returned", new Returned(false, "Wang")),
            Map.entry("verified", new Verified()),
            Map.entry("closed", new Closed()));

    private static AlarmAct act(AlarmAct.Kind kind) {
        return new AlarmAct(kind, "a", "Li", Optional.of("why"), OptionalLong.of(9), List.of(), OptionalLong.empty());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // state,        acknowledge,    rectify,        verify,   shelve,  unshelve, comment
        "raised,         acknowledged,   rectified,      -,        shelved, -,        raised",
        "acknowledged,   -,              rectified,      -,        shelved, -,        acknowledged",
        "rectified,      rectified,      -,              -,        shelved, -,        rectified",
        "rectified-seen, -,              -,              -,        shelved, -,        rectified",
        "shelved,        -,              -,              -,        -,       raised,   shelved",
        "suppressed,     suppressed,     suppressed,     -,        -,       -,        suppressed",
        "suppressed-seen, -,             suppressed,     -,        -,       -,        suppressed",
        "out-of-service, out-of-service, out-of-service, -,        -,       -,        out-of-service",
        "returned,       returned,       -,              verified, -,       -,        returned",
        "verified,       -,              -,              -,        -,       -,        verified",
        "closed,         -,              -,              -,        -,       -,        -",
    })
    void anActLeadsWhereTheStandardSays(
            String state, String acknowledge, String rectify, String verify, String shelve, String unshelve, String comment) {
        AlarmState from = STATES.get(state);
        assertEquals(Optional.ofNullable(acknowledge), after(from, AlarmAct.Kind.ACKNOWLEDGE));
        assertEquals(Optional.ofNullable(rectify), after(from, AlarmAct.Kind.RECTIFY));
        assertEquals(Optional.ofNullable(verify), after(from, AlarmAct.Kind.VERIFY));
        assertEquals(Optional.ofNullable(shelve), after(from, AlarmAct.Kind.SHELVE));
        assertEquals(Optional.ofNullable(unshelve), after(from, AlarmAct.Kind.UNSHELVE));
        assertEquals(Optional.ofNullable(comment), after(from, AlarmAct.Kind.COMMENT));
        assertEquals(Optional.ofNullable(comment), after(from, AlarmAct.Kind.OBJECT));
    }

    private static Optional<String> after(AlarmState state, AlarmAct.Kind kind) {
        return state.after(act(kind)).map(AlarmState::word);
    }

    static Stream<AlarmState> states() {
        return STATES.values().stream();
    }

    @ParameterizedTest
    @MethodSource("states")
    void noActEndsAnAlarmButByAcknowledgementOrVerification(AlarmState from) {
        for (AlarmAct.Kind kind : AlarmAct.Kind.values()) {
            Optional<AlarmState> to = from.after(act(kind));
            boolean ends = to.map(t -> t instanceof Closed || t.settled().isPresent()).orElse(false);
            assertTrue(!ends || from instanceof Verified || from instanceof Returned, from + " " + kind);
        }
    }

    @ParameterizedTest
    @MethodSource("states")
    void whatPeopleDoKeepsWhatTheDataSay(AlarmState from) {
        for (AlarmAct.Kind kind : AlarmAct.Kind.values()) {
            from.after(act(kind)).ifPresent(to ->
                    assertEquals(from instanceof AlarmState.Up, to instanceof AlarmState.Up, from + " " + kind));
        }
    }

    @Test
    void itsWordsAreTheNineOfTheContract() {
        Set<String> words = Set.copyOf(STATES.values().stream().map(AlarmState::word).toList());
        assertEquals(Set.of("raised", "acknowledged", "rectified", "verified", "returned", "shelved", "suppressed", "out-of-service",
                "closed"), words);
    }

    @Test
    void whatLiesOverAStateGivesItBack() {
        assertEquals(new Rectified(true, "Wang"), new Rectified(true, "Wang").shelve(9).uncover());
        assertEquals(new Acknowledged(), ((Suppressed) new Suppressed(new Raised(), "p").after(act(AlarmAct.Kind.ACKNOWLEDGE))
                .orElseThrow()).uncover());
        assertEquals(new Returned(true, ""), new Acknowledged().takeOut("w").giveBack());
    }
}
