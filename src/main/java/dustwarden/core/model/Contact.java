package dustwarden.core.model;

import java.util.List;

/**
 * A person who is told.
 *
 * @param channels names of channels in the settings; {@code log} is always there
 * @param duty when it is this person's turn; empty: always
 */
public record Contact(String role, String name, List<String> channels, List<Hours> duty) {
    public Contact {
        channels = List.copyOf(channels);
        duty = List.copyOf(duty);
    }

    /** One who is always on duty. */
    public Contact(String role, String name, List<String> channels) {
        this(role, name, channels, List.of());
    }
}
