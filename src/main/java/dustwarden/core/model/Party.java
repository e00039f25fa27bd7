package dustwarden.core.model;

/** A company with a part in a site: contractor, owner or supervision. */
public record Party(String id, Text name) {}
