package dustwarden.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sqlite.SQLiteConfig;

/** One connection to an SQLite file; the only class that knows JDBC. For one thread at a time. */
final class Sqlite implements AutoCloseable {
    /** How a connection may use the file. */
    enum Mode {
        /** Creates the file where absent; what a commit returned from is synced to disk. */
        WRITE,
        READ
    }

    /** SQLite could not do what was asked; a transaction around it was rolled back. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failed(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** One row of an answer; columns count from 0. */
    interface Row {
        long number(int column);

        byte[] bytes(int column);

        String text(int column);
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private boolean inTransaction;

    private Sqlite(Connection connection) {
        this.connection = connection;
    }

    static Sqlite open(Path file, Mode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(5_000);
        config.setGetGeneratedKeys(false);
        config.setCacheSize(mode == Mode.WRITE ? -16_000 : -4_000);
        if (mode == Mode.WRITE) {
            config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.setJournalSizeLimit(64 << 20);
        } else {
            config.setReadOnly(true);
        }
        return call(() -> {
            Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
            connection.setAutoCommit(false);
            return new Sqlite(connection);
        });
    }

    /** All rows of a query. */
    <T> List<T> query(String sql, Function<Row, T> map, Object... arguments) {
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
    <T> Optional<T> first(String sql, Function<Row, T> map, Object... arguments) {
        return query(sql, map, arguments).stream().findFirst();
    }

    void update(String sql, Object... arguments) {
        call(() -> bound(sql, arguments).executeUpdate());
    }

    /** Runs all of it and commits, or nothing of it. Reads inside see one state of the file. */
    <T> T transaction(Supplier<T> work) {
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

    private void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The failure that led here is on its way up; after it the connection is opened anew.
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
            Object argument = arguments[i];
            if (argument instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else if (argument instanceof String text) {
                statement.setString(i + 1, text);
            } else {
                statement.setLong(i + 1, ((Number) argument).longValue());
            }
        }
        return statement;
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

    private record ResultRow(ResultSet result) implements Row {
        @Override
        public long number(int column) {
            return call(() -> result.getLong(column + 1));
        }

        @Override
        public byte[] bytes(int column) {
            return call(() -> Optional.ofNullable(result.getBytes(column + 1)).orElse(new byte[0]));
        }

        @Override
        public String text(int column) {
            return call(() -> Optional.ofNullable(result.getString(column + 1)).orElse(""));
        }
    }
}
