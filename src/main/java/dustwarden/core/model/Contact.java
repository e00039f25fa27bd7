package dustwarden.core.model;

import java.util.List;
import java.util.Optional;

/**
 * A person who is told.
 *
 * @param channels names of channels in the settings; {@code log} is always there
 * @param language that this person is told in, {@code zh} or {@code en}; empty: the channel's
 * @param duty when it is this person's turn; empty: always
 */
public record Contact(String role, String name, List<String> channels, Optional<String> language, List<Hours> duty) {
    public Contact {
        channels = List.copyOf(channels);
        duty = List.copyOf(duty);
    }

    /** One who is always on duty and reads what the channel speaks. */
    public Contact(String role, String name, List<String> channels) {
        this(role, name, channels, Optional.empty(), List.of());
    }
}
