package dustwarden.simulate;

import java.time.Instant;

/** Word to people on how far the demo's past has been played. */
public interface DemoProgress {

    /** The past is played up to that time, so many of a hundred parts; called at each new percent and at the end. */
    void played(int percent, Instant upTo, long published);

    /** After going live, one publication was not acknowledged in time. */
    void lost(Publication publication, Throwable cause);

    /** The past cannot be played on, for the reason given; the demo stands still. */
    void failed(Throwable cause);
}
