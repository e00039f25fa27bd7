package dustwarden.app.node;

import dustwarden.console.Series;
import dustwarden.core.model.Quantity;
import dustwarden.series.PointQuery;
import dustwarden.series.SeriesPoints;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The console's points out of the embedded series. */
record PointsView(Ask ask, SeriesPoints points) implements Series {
    @Override
    public Future<Optional<JsonObject>> points(Query query) {
        Quantity quantity = Quantity.ofWire(query.quantity())
                .orElseThrow(() -> new IllegalArgumentException("there is no quantity " + query.quantity()));
        PointQuery wanted = new PointQuery(
                query.site(),
                quantity,
                query.from().toEpochMilli(),
                query.to().toEpochMilli(),
                query.period().map(Duration::toMillis).map(OptionalLong::of).orElse(OptionalLong.empty()),
                query.device(),
                query.limit(),
                query.cursor());
        return ask.json(() -> points.points(wanted));
    }
}
