package dustwarden.core.judge;

/** Kinds of facts, so that a report wakes only the rules that it can change. */
public enum FactKind {
    /** A device came back from silence or fell silent by its own word. */
    HEARD,
    /** A window of a mean closed or a closed one changed. */
    WINDOW,
    /** Wind of the last minutes. */
    WIND,
    /** Temperature or rain. */
    WEATHER,
    CAMERA,
    PASSAGE,
    UNIT,
    ACTIVITY,
    SPRAY,
    BACKGROUND,
    ORDER,
    /** A filed outage, a link going down or up, our own absence. */
    WATCH
}
