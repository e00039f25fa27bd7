package dustwarden.core.model;

/** A vehicle gate of a site. */
public record Gate(String id, boolean wheelCamera, DatePeriod period) {}
