package dustwarden.core;

import dustwarden.core.alarm.AlarmAct;
import dustwarden.core.alarm.Waiver;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a person does, read from the journal. */
sealed interface Act {
    /** Something done to an alarm. */
    record OnAlarm(AlarmAct act) implements Act {}

    /** A device is dead and somebody says so; {@code site} where the act names it. */
    record FileOutage(Optional<String> site, String device, long from, long to, String person, String text) implements Act {}

    /** A zone is being worked on; from now where no start is given. */
    record DeclareFace(Optional<String> site, String unit, OptionalLong from, long to, String person, String text) implements Act {}

    /** Somebody asks for leave to be silent; from now where no start is given. */
    record AskWaiver(
            Optional<String> site, String reason, Waiver.Scope scope, OptionalLong from, long to, String person, String text)
            implements Act {}

    /** Another person grants it. */
    record GrantWaiver(Optional<String> site, String waiver, String person) implements Act {}

    /** It is no longer needed, or was never granted. */
    record EndWaiver(Optional<String> site, String waiver, String person) implements Act {}

    /** A statement that stands beside an alarm or a final verdict. */
    record Object(Optional<String> site, String about, String person, String text, List<String> pictures) implements Act {}

    /** What a spray's run came to, or a person's word to it. */
    record OfSpray(SprayAct act) implements Act {}

    /** A channel that notices go by is dead, or works again. */
    record OfChannel(String channel, boolean works, String answer) implements Act {}

    /** None that can be read. */
    record Wrong(String reason, String detail) implements Act {}
}
