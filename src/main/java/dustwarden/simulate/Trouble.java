package dustwarden.simulate;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Objects;

/** Something that goes wrong on a site every day at the same local time. */
public sealed interface Trouble {

    /** The device that reports it, or fails to. */
    String device();

    /** The name in scenario files. */
    String kind();

    /** A loaded truck leaves with dirty wheels and the pump off. */
    record UnwashedTruck(String device, LocalTime at) implements Trouble {
        public UnwashedTruck {
            Objects.requireNonNull(at, "at");
        }

        @Override
        public String kind() {
            return "unwashed-truck";
        }
    }

    /** A washed truck leaves with its load open. */
    record OpenLoad(String device, LocalTime at) implements Trouble {
        public OpenLoad {
            Objects.requireNonNull(at, "at");
        }

        @Override
        public String kind() {
            return "open-load";
        }
    }

    /** A camera is said to be offline and not recording. */
    record CameraDark(String device, DailySpan span) implements Trouble {
        @Override
        public String kind() {
            return "camera-dark";
        }
    }

    /** A spray stands still while the work it should wet goes on. */
    record DryWork(String device, DailySpan span) implements Trouble {
        @Override
        public String kind() {
            return "dry-work";
        }
    }

    /**
     * A unit (a fence, a cover) is broken, then mended.
     *
     * @param share how much of it is still in order, 0 to 1
     */
    record TornNet(String device, String unit, DailySpan span, double share) implements Trouble {
        public TornNet {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException("torn-net share " + share + " is not in 0 to under 1");
            }
        }

        @Override
        public String kind() {
            return "torn-net";
        }
    }

    /** A device says nothing at all. */
    record DeadMonitor(String device, DailySpan span) implements Trouble {
        @Override
        public String kind() {
            return "dead-monitor";
        }
    }

    /**
     * A device's clock is wrong.
     *
     * @param error what the device adds to the true time
     */
    record WrongClock(String device, DailySpan span, Duration error) implements Trouble {
        @Override
        public String kind() {
            return "wrong-clock";
        }
    }
}
