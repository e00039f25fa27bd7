package dustwarden.core.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.judge.Reason;
import dustwarden.core.judge.Subject;
import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.model.AlarmPlan;
import dustwarden.core.model.Contact;
import dustwarden.core.rule.RuleHead.Priority;
import dustwarden.ledger.StateCodec;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens in whatever order, with a restart at any point: what must always hold of alarms. */
class AlarmBookPropertyTest {
    private static final long MINUTE = 60_000;
    private static final List<Terms> RULES = List.of(
            new Terms("b/unit", "enclosure", Priority.MEDIUM, MINUTE, MINUTE, 10 * MINUTE),
            new Terms("b/gate", "washing", Priority.HIGH, 0, MINUTE, 0),
            Terms.DEVICE_SILENT);
    private static final Ladder LADDER = new Ladder(
            List.of(new Contact("supervisor", "Li", List.of("log")), new Contact("contractor", "Wang", List.of("log")),
                    new Contact("regulator", "Zhao", List.of("log"))),
            new AlarmPlan(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), OptionalLong.of(60 * MINUTE)),
            ZoneId.of("Asia/Shanghai"));

    /** What keeps alarms quiet by the clock alone, so that it is the same before and after a restart. */
    private static final Covers COVERS = new Covers() {
        @Override
        public Optional<Cover> over(About about, long now) {
            long half = now / (30 * MINUTE);
            return half % 7 == 3 ? Optional.of(new Cover("plan", false))
                    : half % 11 == 5 && about.rule().equals("b/unit") ? Optional.of(new Cover("w1", true)) : Optional.empty();
        }

        @Override
        public long nextChange(long now) {
            return (now / (30 * MINUTE) + 1) * 30 * MINUTE;
        }
    };

    private final StateCodec codec = new StateCodec();

    /** One run of random acts and failures; a restart before every {@code restartEvery}-th step, 0 for none. */
    private List<AlarmEvent> run(long seed, int steps, int restartEvery) {
        Random random = new Random(seed);
        AlarmBook book = bound(new AlarmBook("s-1"));
        List<AlarmEvent> told = new ArrayList<>();
        Map<String, Long> failures = new HashMap<>();
        long now = 0;
        for (int step = 0; step < steps; step++) {
            if (restartEvery > 0 && step % restartEvery == 0) {
                book = bound((AlarmBook) codec.read(codec.write(book)));
            }
            long next = now + random.nextInt(20) * MINUTE / 2;
            // Timers due before an entry fire first, in order.
            for (long due = book.nextAt(now); due < next; due = Math.max(book.nextAt(now), now + 1)) {
                now = Math.max(now, due);
                book.tick(now, step, told::add);
            }
            now = next;
            if (random.nextInt(4) == 0) {
                act(book, random, now, told);
            } else {
                Terms terms = RULES.get(random.nextInt(RULES.size()));
                String subject = "x" + random.nextInt(2);
                Standing standing = Standing.values()[random.nextInt(3)];
                boolean gate = terms.rule().equals("b/gate");
                long count = gate && standing == Standing.BROKEN ? failures.merge(subject, 1L + random.nextInt(2), Long::sum)
                        : gate ? failures.getOrDefault(subject, 0L) : 0;
                book.update(terms, List.of(new Subject(subject, standing, count, OptionalDouble.empty(), OptionalDouble.empty(),
                        standing == Standing.IN_ORDER ? List.of() : List.of(Reason.of("why")))), now, step, told::add);
            }
            book.tick(now, step, told::add);
        }
        return told;
    }

    private static AlarmBook bound(AlarmBook book) {
        book.bind(LADDER, COVERS);
        return book;
    }

    private static void act(AlarmBook book, Random random, long now, List<AlarmEvent> told) {
        List<String> known = told.stream().filter(AlarmEvent.Transition.class::isInstance)
                .map(e -> ((AlarmEvent.Transition) e).id()).distinct().toList();
        String alarm = known.isEmpty() ? "none" : known.get(Math.max(0, known.size() - 1 - random.nextInt(4)));
        AlarmAct.Kind kind = AlarmAct.Kind.values()[random.nextInt(AlarmAct.Kind.values().length)];
        String person = random.nextBoolean() ? "Li" : "Wang";
        book.act(new AlarmAct(kind, alarm, person, Optional.of("text"), OptionalLong.of(now + random.nextInt(90) * MINUTE),
                List.of(), random.nextInt(10) == 0 ? OptionalLong.of(1) : OptionalLong.empty()), now, told::add);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRestartAnywhereChangesNothingAndRepeatsNothing(long seed) {
        List<AlarmEvent> whole = run(seed, 1_500, 0);
        assertTrue(whole.size() > 500, "something must happen: " + whole.size());
        assertEquals(whole, run(seed, 1_500, 1));
        assertEquals(whole, run(seed, 1_500, 7));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void atMostOneAlarmIsOpenForASubjectAndWhatClosedStaysClosed(long seed) {
        Map<String, String> open = new HashMap<>();
        Map<String, String> states = new HashMap<>();
        Map<String, Long> versions = new HashMap<>();
        for (AlarmEvent event : run(seed, 3_000, 0)) {
            if (!(event instanceof AlarmEvent.Transition t)) {
                continue;
            }
            String key = t.rule() + "|" + t.subject();
            assertEquals(versions.getOrDefault(t.id(), 0L) + 1, versions.merge(t.id(), 1L, Long::sum));
            assertEquals(versions.get(t.id()), t.version());
            assertTrue(!"closed".equals(states.put(t.id(), t.state())), "a closed alarm moved: " + t);
            assertEquals(t.id(), open.computeIfAbsent(key, k -> t.id()), "a second open alarm: " + t);
            if (t.state().equals("closed")) {
                open.remove(key);
            }
        }
        for (String state : List.of("returned", "closed", "shelved", "suppressed", "out-of-service", "rectified")) {
            assertTrue(run(seed, 3_000, 0).stream().anyMatch(e -> e instanceof AlarmEvent.Transition t && t.state().equals(state)), state);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void nothingIsToldMoreOftenThanItHappened(long seed) {
        Map<String, Integer> happened = new HashMap<>();
        for (AlarmEvent event : run(seed, 3_000, 0)) {
            if (event instanceof AlarmEvent.Transition t) {
                happened.merge(t.id() + "|" + t.transition(), 1, Integer::sum);
            } else if (event instanceof AlarmEvent.Tell tell) {
                assertTrue(happened.merge(tell.alarm() + "|" + tell.transition(), -1, Integer::sum) >= 0, "told once more: " + tell);
            }
        }
    }
}
