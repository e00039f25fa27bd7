package dustwarden.app;

import dustwarden.app.node.Beside;
import dustwarden.core.decode.Hj212Seal;
import dustwarden.ledger.Ledger;
import dustwarden.settings.Checked;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Reads all content while the ledger opens, which a start would otherwise wait for one after the other. */
final class ContentReading implements AutoCloseable {
    private final CompletableFuture<Hj212Seal> seal = new CompletableFuture<>();
    private final Supplier<Checked<Contents>> reading;
    private final CompletableFuture<Checked<Contents>> first;

    private ContentReading(ContentSources sources, UnaryOperator<Checked<Contents>> check) {
        // The secret that hides passwords lies with the ledger.
        this.reading = () -> check.apply(ContentLoader.load(sources, password -> seal.join().hash(password)));
        this.first = Beside.begin(reading);
    }

    /** @param check finds what else may be wrong with what was read */
    static ContentReading begin(ContentSources sources, UnaryOperator<Checked<Contents>> check) {
        return new ContentReading(sources, check);
    }

    /** What was read, as soon as it is. */
    Checked<Contents> with(Ledger ledger) {
        seal.complete(new Hj212Seal(ledger.secret("hj212")));
        return first.join();
    }

    /** Reads everything again; to be asked after {@link #with}. */
    Supplier<Checked<Contents>> again() {
        return reading;
    }

    /** Ends what still waits for a ledger that did not open. */
    @Override
    public void close() {
        seal.completeExceptionally(new CancellationException("the ledger did not open"));
    }
}
