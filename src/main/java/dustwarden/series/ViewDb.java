package dustwarden.series;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sqlite.SQLiteConfig;

/**
 * One connection to the SQLite file of a view; the only class of the views that knows JDBC. For one thread at a time.
 *
 * <p>An argument is a {@code Long}, {@code Integer}, {@code Double}, {@code String}, or an {@code Optional} of one,
 * which is stored as NULL when empty.
 */
public final class ViewDb implements AutoCloseable {
    /** How a connection may use the file. */
    public enum Mode {
        /** Creates the file where absent; a power cut may undo the newest commits but leaves the file whole. */
        WRITE,
        /** As {@link #WRITE}, and what was committed outlasts a power cut: for what cannot be made again. */
        SURE,
        READ
    }

    /** SQLite could not do what was asked; a transaction around it was rolled back. */
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failed(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** One row of an answer; columns count from 0. */
    public interface Row {
        long number(int column);

        String text(int column);

        OptionalLong maybeNumber(int column);

        OptionalDouble maybeReal(int column);

        Optional<String> maybeText(int column);
    }

    /** Many rows for one statement; what is not set is NULL. Parameters count from 1. */
    public interface Rows {
        void set(int parameter, long value);

        void set(int parameter, double value);

        void set(int parameter, String value);

        void unset(int parameter);

        /** Ends a row; parameters keep their values for the next. */
        void add();
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private boolean inTransaction;

    private ViewDb(Connection connection) {
        this.connection = connection;
    }

    public static ViewDb open(Path file, Mode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(5_000);
        // Else every row written costs a query for a number that nobody asks for.
        config.setGetGeneratedKeys(false);
        config.setCacheSize(mode == Mode.WRITE ? -64_000 : -8_000);
        if (mode != Mode.READ) {
            config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(
                    mode == Mode.SURE ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.NORMAL);
            config.setJournalSizeLimit(64 << 20);
            config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "8000");
        } else {
            config.setReadOnly(true);
        }
        return call(() -> {
            Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
            connection.setAutoCommit(false);
            return new ViewDb(connection);
        });
    }

    /** All rows of a query. */
    public <T> List<T> query(String sql, Function<Row, T> map, Object... arguments) {
        return call(() -> {
            List<T> rows = new ArrayList<>();
            try (ResultSet result = bound(sql, arguments).executeQuery()) {
                Row row = new ResultRow(result);
                while (result.next()) {
                    rows.add(map.apply(row));
                }
            }
            return rows;
        });
    }

    /** The first row of a query. */
    public <T> Optional<T> first(String sql, Function<Row, T> map, Object... arguments) {
        return query(sql, map, arguments).stream().findFirst();
    }

    public int update(String sql, Object... arguments) {
        return call(() -> bound(sql, arguments).executeUpdate());
    }

    /** Rows for a statement, written as they are added. */
    public Rows rows(String sql) {
        return call(() -> new StatementRows(bound(sql)));
    }

    /** Runs all of it and commits, or nothing of it. Reads inside see one state of the file. */
    public <T> T transaction(Supplier<T> work) {
        if (inTransaction) {
            throw new IllegalStateException("a transaction in a transaction");
        }
        boolean done = false;
        inTransaction = true;
        try {
            T result = work.get();
            call(() -> {
                connection.commit();
                return 0;
            });
            done = true;
            return result;
        } finally {
            inTransaction = false;
            if (!done) {
                rollback();
            }
        }
    }

    /** As {@link #transaction(Supplier)}, for work without a result. */
    public void transaction(Runnable work) {
        transaction(() -> {
            work.run();
            return true;
        });
    }

    private void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The failure that led here is on its way up.
            return;
        }
    }

    private PreparedStatement bound(String sql, Object... arguments) throws SQLException {
        if (!inTransaction) {
            throw new IllegalStateException("outside a transaction: " + sql);
        }
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int parameter, Object argument) throws SQLException {
        if (argument instanceof String text) {
            statement.setString(parameter, text);
        } else if (argument instanceof Double real) {
            statement.setDouble(parameter, real);
        } else if (argument instanceof Number number) {
            statement.setLong(parameter, number.longValue());
        } else if (argument instanceof Optional<?> optional && optional.isPresent()) {
            bind(statement, parameter, optional.get());
        } else if (argument instanceof OptionalDouble real && real.isPresent()) {
            statement.setDouble(parameter, real.getAsDouble());
        } else if (argument instanceof OptionalLong number && number.isPresent()) {
            statement.setLong(parameter, number.getAsLong());
        } else {
            statement.setNull(parameter, Types.NULL);
        }
    }

    private static <T> T call(Work<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    @Override
    public void close() {
        call(() -> {
            connection.close();
            return 0;
        });
    }

    private record StatementRows(PreparedStatement statement) implements Rows {
        @Override
        public void set(int parameter, long value) {
            call(() -> {
                statement.setLong(parameter, value);
                return 0;
            });
        }

        @Override
        public void set(int parameter, double value) {
            call(() -> {
                statement.setDouble(parameter, value);
                return 0;
            });
        }

        @Override
        public void set(int parameter, String value) {
            call(() -> {
                statement.setString(parameter, value);
                return 0;
            });
        }

        @Override
        public void unset(int parameter) {
            call(() -> {
                statement.setNull(parameter, Types.NULL);
                return 0;
            });
        }

        @Override
        public void add() {
            call(statement::executeUpdate);
        }
    }

    private record ResultRow(ResultSet result) implements Row {
        @Override
        public long number(int column) {
            return call(() -> result.getLong(column + 1));
        }

        @Override
        public String text(int column) {
            return maybeText(column).orElse("");
        }

        @Override
        public OptionalLong maybeNumber(int column) {
            return call(() -> {
                long value = result.getLong(column + 1);
                return result.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
            });
        }

        @Override
        public OptionalDouble maybeReal(int column) {
            return call(() -> {
                double value = result.getDouble(column + 1);
                return result.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
            });
        }

        @Override
        public Optional<String> maybeText(int column) {
            return call(() -> Optional.ofNullable(result.getString(column + 1)));
        }
    }
}
