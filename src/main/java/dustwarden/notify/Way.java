package dustwarden.notify;

import java.util.Optional;

/**
 * A channel with how it may be used.
 *
 * @param fallback the channel that is used where this one fails; empty: the receiver's next one
 * @param people whether a person reads it at the other end, and not a program: notices of one alarm to several receivers are
 *     one message then
 */
public record Way(Channel channel, Quota quota, Optional<String> fallback, boolean people) {
    public static Way of(Channel channel) {
        return new Way(channel, Quota.NONE, Optional.empty(), false);
    }
}
