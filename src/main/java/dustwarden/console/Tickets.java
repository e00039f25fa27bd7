package dustwarden.console;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tickets of login links: random, few, each good for a number of uses and a time. */
final class Tickets {
    private static final int KEPT_MAX = 100;

    private record Ticket(int uses, Instant until) {}

    private final Map<String, Ticket> tickets = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    Tickets(InstantSource clock) {
        this.clock = clock;
    }

    synchronized String issue(int uses, Duration validFor) {
        if (tickets.size() >= KEPT_MAX) {
            tickets.remove(tickets.keySet().iterator().next());
        }
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        tickets.put(ticket, new Ticket(uses, clock.instant().plus(validFor)));
        return ticket;
    }

    /** True once for each use; the map's lookup is of 192 random bits, so its timing tells nothing. */
    synchronized boolean redeem(String ticket) {
        Ticket found = tickets.remove(ticket);
        if (found == null || clock.instant().isAfter(found.until())) {
            return false;
        }
        if (found.uses() > 1) {
            tickets.put(ticket, new Ticket(found.uses() - 1, found.until()));
        }
        return true;
    }
}
