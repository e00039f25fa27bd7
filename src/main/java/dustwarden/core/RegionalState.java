package dustwarden.core;

import dustwarden.core.alarm.AlarmBook;

/** What the core remembers of alarms that concern no single site; stored as it is and read again at a restart. */
public final class RegionalState {
    final AlarmBook alarms = new AlarmBook(RegionalAlarms.SITE);
    boolean linkUp = true;
    /** Our own last start or link-up, epoch ms. */
    long watchingSince = Long.MIN_VALUE;
    /** When it was last looked at, epoch ms. */
    long lookedAt = Long.MIN_VALUE;
}
