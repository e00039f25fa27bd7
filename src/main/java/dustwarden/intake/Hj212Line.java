package dustwarden.intake;

import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.decode.Hj212Frame;
import dustwarden.intake.Hj212Exchange.State;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One device that we ask: which connection it is heard on, and what it is asked next, one request at a time. */
final class Hj212Line {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final long CLOCK_OFF_MS = 60_000;
    private static final long HOUR_MS = 3_600_000;
    private static final long GAP_MS_MAX = 7L * 24 * 3_600_000;
    private static final int WAITING_MAX = 8;

    private record Wanted(String cn, String cp) {}

    private final Hj212Ask ask;
    private final Hj212Asks counts;
    private final Deque<Wanted> waiting = new ArrayDeque<>();
    private Optional<Hj212Exchange> current = Optional.empty();
    private Optional<Consumer<byte[]>> way = Optional.empty();
    private Hj212Frame last;
    private long heard;
    private long clockAsked = Long.MIN_VALUE;
    private OptionalLong gapFrom = OptionalLong.empty();
    private boolean gaveUp;

    Hj212Line(Hj212Ask ask, Hj212Asks counts, Hj212Frame first, OptionalLong heardBefore) {
        this.ask = ask;
        this.counts = counts;
        this.last = first;
        this.heard = heardBefore.orElse(Long.MAX_VALUE);
    }

    /**
     * Takes a frame of the device.
     *
     * @param sender sends to it on the connection that the frame came on
     * @param silenceMs beyond it there was a gap
     */
    void heard(Hj212Frame frame, Consumer<byte[]> sender, long silenceMs, long now) {
        last = frame;
        boolean anew = way.isEmpty() || way.get() != sender;
        way = Optional.of(sender);
        if (now - heard > silenceMs && ask.history() && gapFrom.isEmpty()) {
            gapFrom = OptionalLong.of(Math.max(heard, now - GAP_MS_MAX));
        }
        heard = now;
        if (anew) {
            gaveUp = false;
            current = Optional.empty();
            waiting.clear();
            begin(now);
        }
        if (frame.cn().equals("1013")) {
            setClock(now);
        }
        current.filter(exchange -> exchange.take(frame, now)).ifPresent(exchange -> ended(exchange, now));
        next(now);
    }

    /** In the standard's order: clock, real-time interval, minute interval, then what is missing. */
    private void begin(long now) {
        if (ask.clock().isPresent()) {
            clockAsked = now;
            want("1011", "");
        }
        ask.realtime().ifPresent(interval -> want("1061", ""));
        ask.minute().ifPresent(interval -> want("1063", ""));
    }

    private void setClock(long now) {
        want("1012", "SystemTime=" + Hj212Answer.second(Instant.ofEpochMilli(now), ZONE));
    }

    private void want(String cn, String cp) {
        if (waiting.size() < WAITING_MAX && waiting.stream().noneMatch(w -> w.cn().equals(cn))) {
            waiting.add(new Wanted(cn, cp));
        }
    }

    /** Time passed: sends again what is not answered, and asks the clock again. */
    void tick(long now) {
        current.ifPresent(exchange -> {
            if (exchange.isDue(now)) {
                counts.resent.increment();
                send(exchange);
            }
            ended(exchange, now);
        });
        if (!gaveUp && ask.clock().isPresent() && way.isPresent() && now - clockAsked >= ask.clock().get().toMillis()) {
            clockAsked = now;
            want("1011", "");
        }
        next(now);
    }

    /** The connection is gone. */
    void lost(Consumer<byte[]> sender) {
        if (way.isPresent() && way.get() == sender) {
            way = Optional.empty();
            current = Optional.empty();
            waiting.clear();
        }
    }

    private void next(long now) {
        if (current.isPresent() || way.isEmpty() || gaveUp) {
            return;
        }
        Wanted wanted = waiting.poll();
        if (wanted == null && gapFrom.isPresent()) {
            wanted = new Wanted("2051", times(gapFrom.getAsLong(), now));
        }
        if (wanted != null) {
            current = Optional.of(new Hj212Exchange(counts.qn(now), wanted.cn(), wanted.cp(), ask, now));
            counts.asked.increment();
            send(current.get());
        }
    }

    private static String times(long from, long to) {
        return "BeginTime=" + Hj212Answer.second(Instant.ofEpochMilli(from), ZONE)
                + ";EndTime=" + Hj212Answer.second(Instant.ofEpochMilli(to), ZONE);
    }

    private void send(Hj212Exchange exchange) {
        way.ifPresent(w -> w.accept(Hj212Answer.request(last, exchange.qn, exchange.cn, exchange.cp)));
    }

    private void ended(Hj212Exchange exchange, long now) {
        if (!exchange.state().isEnded()) {
            return;
        }
        current = Optional.empty();
        counts.ended(exchange.state());
        if (exchange.state() == State.TIMED_OUT) {
            // Who answers nothing after all repetitions is not asked again on this connection.
            gaveUp = true;
            return;
        }
        if (exchange.cn.equals("2051") && gapFrom.isPresent()) {
            long hour = Math.floorDiv(gapFrom.getAsLong(), HOUR_MS) * HOUR_MS;
            gapFrom = OptionalLong.empty();
            // An hour that ended within the gap was never told either; that which has not ended yet comes by itself.
            if (hour + HOUR_MS <= now) {
                want("2061", times(hour, Math.floorDiv(now, HOUR_MS) * HOUR_MS));
            }
        }
        exchange.value().ifPresent(value -> follow(exchange.cn, value, now));
    }

    private void follow(String cn, Hj212Frame value, long now) {
        switch (cn) {
            case "1011" -> {
                if (isOff(value.plain("SystemTime"), now)) {
                    setClock(now);
                }
            }
            case "1061" -> ask.realtime().map(r -> Long.toString(r.toSeconds()))
                    .filter(wanted -> !isNumber(wanted, value.plain("RtdInterval")))
                    .ifPresent(wanted -> want("1062", "RtdInterval=" + wanted));
            case "1063" -> ask.minute().map(m -> Long.toString(m.toMinutes()))
                    .filter(wanted -> !isNumber(wanted, value.plain("MinInterval")))
                    .ifPresent(wanted -> want("1064", "MinInterval=" + wanted));
            default -> { }
        }
    }

    /** Whether a device says the wanted number, however many zeros it begins with. */
    private static boolean isNumber(String wanted, String said) {
        return said.replaceFirst("^0+(?=.)", "").equals(wanted);
    }

    private static boolean isOff(String systemTime, long now) {
        try {
            long said = LocalDateTime.parse(systemTime, SECOND).atZone(ZONE).toInstant().toEpochMilli();
            return Math.abs(said - now) > CLOCK_OFF_MS;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
