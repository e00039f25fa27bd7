package dustwarden.console;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** A site on which {@code dust-1} takes every word and no other device does. */
final class FakeSprays implements SprayControl {
    @java.lang.Override
    public Future<Outcome> override(Override wanted) {
        return Future.succeededFuture(wanted.device().equals("dust-1") ? new Outcome.Taken() : new Outcome.NoSuchDevice());
    }

    @java.lang.Override
    public Future<Page> commands(Optional<String> site, Sight sight, PageRequest page) {
        return Future.succeededFuture(new Page(List.of(), Optional.empty()));
    }
}
