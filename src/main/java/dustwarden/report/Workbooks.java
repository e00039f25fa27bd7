package dustwarden.report;

import dustwarden.report.Document.Cell;
import dustwarden.report.Document.Part;
import dustwarden.report.Document.Section;
import dustwarden.report.Document.Table;
import dustwarden.report.Document.Tone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes a paper as a workbook of one sheet; numbers stay numbers, and no text is taken for a formula. */
final class Workbooks {
    private static final int WIDTH_MAX = 60;

    private Workbooks() {}

    static byte[] of(Document document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook book = new Workbook(out, "dustwarden", "1.0")) {
            Worksheet sheet = book.newWorksheet("dustwarden");
            int row = 0;
            sheet.value(row, 0, document.title());
            sheet.style(row++, 0).bold().fontSize(14).set();
            sheet.value(row++, 0, document.subtitle());
            for (Section section : document.sections()) {
                row++;
                sheet.value(row, 0, section.title());
                sheet.style(row++, 0).bold().set();
                for (String line : section.lines()) {
                    sheet.value(row++, 0, line);
                }
                if (section.table().isPresent()) {
                    row = table(sheet, row, section.table().get());
                }
            }
            widths(sheet, document);
            sheet.finish();
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all that is written", e);
        }
        return out.toByteArray();
    }

    private static int table(Worksheet sheet, int top, Table table) {
        int row = top;
        for (int c = 0; c < table.head().size(); c++) {
            sheet.value(row, c, table.head().get(c));
            sheet.style(row, c).fillColor("EEF2F6").set();
        }
        row++;
        for (List<Cell> cells : table.rows()) {
            for (int c = 0; c < cells.size(); c++) {
                cell(sheet, row, c, cells.get(c));
            }
            row++;
        }
        return row;
    }

    private static void cell(Worksheet sheet, int row, int column, Cell cell) {
        if (cell.value() instanceof Number number) {
            sheet.value(row, column, number);
        } else {
            sheet.value(row, column, cell.strip().isEmpty() ? Html.text(cell.value()) : stretches(cell.strip()));
        }
        if (cell.tone() == Tone.BAD) {
            sheet.style(row, column).fontColor("A51E1E").set();
        } else if (cell.tone() == Tone.UNKNOWN) {
            sheet.style(row, column).fontColor("8A5A00").set();
        }
    }

    /** A strip of a day in words: {@code 合规 compliant 00:00-08:10}. */
    private static String stretches(List<Part> strip) {
        return strip.stream()
                .map(p -> Words.label("tone-" + p.tone().name()) + " " + clock(p.from()) + "-" + clock(p.to()))
                .collect(Collectors.joining("; "));
    }

    private static String clock(double share) {
        long minutes = Math.round(share * 24 * 60);
        return String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60);
    }

    private static void widths(Worksheet sheet, Document document) {
        int[] most = new int[40];
        document.sections().forEach(s -> s.table().ifPresent(t -> t.rows().forEach(cells -> {
            for (int c = 0; c < cells.size() && c < most.length; c++) {
                most[c] = Math.max(most[c], Html.text(cells.get(c).value()).length() + 2);
            }
        })));
        for (int c = 0; c < most.length; c++) {
            if (most[c] > 0) {
                sheet.width(c, Math.min(WIDTH_MAX, Math.max(12, most[c])));
            }
        }
    }
}
