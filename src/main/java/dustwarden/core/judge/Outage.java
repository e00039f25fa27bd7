package dustwarden.core.judge;

/** A filed outage of a device: who filed it, why, and from when to when, epoch ms, the end exclusive. */
public record Outage(String device, long from, long to, String person, String text) {}
