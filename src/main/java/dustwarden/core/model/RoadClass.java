package dustwarden.core.model;

/** The class of the road beside a fence, which sets its least height. */
public enum RoadClass {
    MAIN,
    SECONDARY,
    OTHER
}
