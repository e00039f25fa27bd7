package dustwarden.core.judge;

/** A declared work face: the open part of a zone that is being worked on from then to then, epoch ms, the end exclusive. */
public record WorkFace(String unit, long from, long to, String person, String text) {}
