package dustwarden.simulate;

import java.util.concurrent.CompletionStage;

/** Word from the journal on how far it has come with what the demo published. */
public interface Journaled {

    /** Completes when the first so many publications of this demo are in the journal. */
    CompletionStage<Void> journaled(long publishedSoFar);
}
