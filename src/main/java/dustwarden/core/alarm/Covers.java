package dustwarden.core.alarm;

import java.util.Optional;

/** What keeps alarms quiet without anybody's setting them aside: waivers, the plan, larger alarms. */
public interface Covers {
    /** Nothing keeps any quiet. */
    Covers NONE = new Covers() {
        @Override
        public Optional<Cover> over(About about, long now) {
            return Optional.empty();
        }

        @Override
        public long nextChange(long now) {
            return Long.MAX_VALUE;
        }
    };

    /** What an alarm is about. */
    record About(String rule, String item, String subject) {}

    /**
     * What lies over an alarm.
     *
     * @param by id of the waiver or the larger alarm, or what of the plan
     * @param outOfService by a waiver
     */
    record Cover(String by, boolean outOfService) {}

    Optional<Cover> over(About about, long now);

    /** When time alone may change an answer next, epoch ms. */
    long nextChange(long now);
}
