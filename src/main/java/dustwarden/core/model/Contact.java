package dustwarden.core.model;

import java.util.List;

/**
 * A person who is told.
 *
 * @param channels names of channels in the settings; {@code log} is always there
 */
public record Contact(String role, String name, List<String> channels) {
    public Contact {
        channels = List.copyOf(channels);
    }
}
