package dustwarden.core;

import dustwarden.core.alarm.AlarmState.ActKind;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A person's act on an alarm.
 *
 * @param until epoch ms, for shelving
 * @param version of the alarm that the person saw
 */
record AlarmAct(
        ActKind kind, String alarm, String person, Optional<String> text, OptionalLong until, OptionalLong version) {}
