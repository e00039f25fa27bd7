package dustwarden.series;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.domain.InfluxQLQuery;
import com.influxdb.exceptions.InfluxException;
import com.influxdb.query.InfluxQLQueryResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.OkHttpClient;

/** Asks an InfluxDB in InfluxQL through its client, blocking; from any thread. */
final class InfluxReader implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /** One row of an answer; a column that has no value is empty. */
    interface Row {
        Optional<String> text(String column);

        default Optional<Double> real(String column) {
            return text(column).map(Double::valueOf);
        }

        /** Epoch ms. */
        default long time() {
            return text("time").map(Long::parseLong).orElseThrow();
        }
    }

    /** Held, so that its level holds: it warns of every answer that has an end, with the query in the text. */
    private static final Logger CLIENT = Logger.getLogger("com.influxdb.internal.AbstractQueryApi");

    static {
        CLIENT.setLevel(Level.OFF);
    }

    private final InfluxTarget target;
    private final InfluxDBClient client;

    InfluxReader(InfluxTarget target, Duration timeout) {
        this.target = target;
        client = InfluxDBClientFactory.create(
                InfluxWriter.options(target, timeout, new OkHttpClient.Builder().connectTimeout(CONNECT)).build());
    }

    /**
     * The rows of a query of one statement, in the server's order.
     *
     * @throws View.Unavailable the server does not answer, or not this
     */
    <T> List<T> query(String bucket, String text, Function<Row, T> reader) {
        // Of the client's two forms this one knows a column without a value.
        InfluxQLQuery query = new InfluxQLQuery(text, bucket, InfluxQLQuery.AcceptHeader.CSV)
                .setPrecision(InfluxQLQuery.InfluxQLPrecision.MILLISECONDS);
        try {
            List<T> rows = new ArrayList<>();
            InfluxQLQueryResult answer = client.getInfluxQLQueryApi().query(query);
            for (InfluxQLQueryResult.Result result : answer.getResults()) {
                for (InfluxQLQueryResult.Series series : result.getSeries()) {
                    for (InfluxQLQueryResult.Series.Record record : series.getValues()) {
                        rows.add(reader.apply(column -> value(record, column)));
                    }
                }
            }
            return rows;
        } catch (InfluxException e) {
            throw new View.Unavailable("InfluxDB 未应答查询: " + target + " answers a query with " + e.status() + " " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new View.Unavailable("InfluxDB 连不上: " + target + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private static Optional<String> value(InfluxQLQueryResult.Series.Record record, String column) {
        return Optional.ofNullable(record.getValueByKey(column)).map(String::valueOf).filter(t -> !t.isEmpty());
    }

    @Override
    public void close() {
        client.close();
    }
}
