package dustwarden.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A paper for people before it has a form: the same is written as PDF, as a page and as a workbook. */
record Document(String title, String subtitle, List<Section> sections) {
    Document {
        sections = List.copyOf(sections);
    }

    /** What a cell tells at a glance; unknown never looks like good. */
    enum Tone {
        PLAIN,
        GOOD,
        BAD,
        UNKNOWN,
        NONE
    }

    /** One stretch of a day, as shares of it from 0 to 1. */
    record Part(Tone tone, double from, double to) {}

    /**
     * A cell: a text, a number, or a strip of a day.
     *
     * @param value a {@code String}, {@code Double} or {@code Long}
     */
    record Cell(Object value, Tone tone, List<Part> strip) {
        Cell {
            strip = List.copyOf(strip);
        }

        static Cell of(Object value) {
            return new Cell(value, Tone.PLAIN, List.of());
        }

        static Cell of(Object value, Tone tone) {
            return new Cell(value, tone, List.of());
        }
    }

    /** Rows under a head; every row is as long as the head. */
    record Table(List<String> head, List<List<Cell>> rows) {
        Table {
            head = List.copyOf(head);
            rows = List.copyOf(rows);
            for (List<Cell> row : rows) {
                if (row.size() != head.size()) {
                    throw new IllegalArgumentException("a row of " + row.size() + " cells under a head of " + head.size());
                }
            }
        }
    }

    /** A heading with lines of text and perhaps a table. */
    record Section(String title, List<String> lines, Optional<Table> table) {
        Section {
            lines = List.copyOf(lines);
        }
    }

    /** Rows as they are gathered. */
    static final class Rows {
        private final List<String> head;
        private final List<List<Cell>> rows = new ArrayList<>();

        Rows(String... head) {
            this.head = List.of(head);
        }

        /** A row of plain values, or cells. */
        Rows add(Object... values) {
            List<Cell> row = new ArrayList<>();
            for (Object value : values) {
                row.add(value instanceof Cell cell ? cell : Cell.of(value));
            }
            rows.add(row);
            return this;
        }

        boolean isEmpty() {
            return rows.isEmpty();
        }

        Optional<Table> table() {
            return Optional.of(new Table(head, rows));
        }
    }
}
