package dustwarden.command;

import com.fasterxml.jackson.annotation.JsonAutoDetect;

/** What is kept of one spray between looks and over a restart; times are epoch ms, 0 = none. Held by its machine. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class SprayMemory {
    boolean reportedOn;
    long reportedAt;
    long runningSince;
    long stoppedAt;
    long aboveSince;
    long belowSince;
    /** Whether the run is one that we began. */
    boolean ours;
    /** Local day whose running time {@code ranMs} is. */
    String day = "";
    long ranMs;
    long countedAt;
    long manualUntil;
    boolean manualOn;
    /** The command whose answer is awaited; empty where none is. */
    String awaited = "";
    /** A command that was answered and whose outcome is not kept yet. */
    String answered = "";
    boolean awaitedOn;
    long awaitedSince;
    String lastCommand = "";
    long commands;
    long effectDue;
    double before;
    String reference = "none";
    String monitor = "";
}
