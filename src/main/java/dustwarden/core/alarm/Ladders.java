package dustwarden.core.alarm;

/** Whose ladder an alarm climbs: that of its site, or of the people whom it concerns. */
@FunctionalInterface
public interface Ladders {
    Ladder of(String rule, String subject);
}
