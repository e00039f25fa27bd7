package dustwarden.report;

import dustwarden.report.Document.Cell;
import dustwarden.report.Document.Part;
import dustwarden.report.Document.Section;
import dustwarden.report.Document.Table;
import java.util.List;
import java.util.Locale;

/** Writes a paper as one XHTML page that stands alone; every text is escaped. */
final class Html {
    private static final String STYLE = """
            @page { size: A4; margin: 16mm 14mm 18mm 14mm;
              @bottom-center { content: counter(page) ' / ' counter(pages); font-family: Dust; font-size: 8pt; color: #606070 } }
            body { font-family: Dust, 'Noto Sans SC', 'Microsoft YaHei', sans-serif; font-size: 9pt; line-height: 1.45; color: #1d2530 }
            h1 { font-size: 16pt; margin: 0 0 2pt 0 } h2 { font-size: 11pt; margin: 14pt 0 4pt 0; border-bottom: 1px solid #c8d0da }
            .sub { color: #505860; margin-bottom: 8pt } p { margin: 2pt 0 }
            table { border-collapse: collapse; width: 100%; -fs-table-paginate: paginate } thead { display: table-header-group }
            tr { page-break-inside: avoid }
            th { text-align: left; background: #eef2f6; font-weight: normal; color: #404858 }
            th, td { border: 1px solid #d5dce4; padding: 2pt 4pt; vertical-align: top; word-wrap: break-word; font-size: 8pt }
            td.num { text-align: right } td.good { color: #17633a } td.bad { color: #a51e1e } td.unknown { color: #8a5a00 }
            td.none { color: #707880 }
            .strip { width: 180px; border: 0 } .strip td { border: 0; padding: 0; height: 9px }
            .strip td.good { background: #3f9d63 } .strip td.bad { background: #c9382f } .strip td.unknown { background: #e0a83a }
            .strip td.none { background: #d9dfe6 }
            """;

    private Html() {}

    static String of(Document document) {
        StringBuilder out = new StringBuilder(16_384);
        out.append("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"zh-CN\"><head><meta charset=\"UTF-8\"/>")
                .append("<title>").append(escaped(document.title())).append("</title>\n<style>").append(STYLE)
                .append("</style></head><body>\n<h1>").append(escaped(document.title())).append("</h1>\n<div class=\"sub\">")
                .append(escaped(document.subtitle())).append("</div>\n");
        for (Section section : document.sections()) {
            out.append("<h2>").append(escaped(section.title())).append("</h2>\n");
            section.lines().forEach(line -> out.append("<p>").append(escaped(line)).append("</p>\n"));
            section.table().ifPresent(table -> table(table, out));
        }
        return out.append("</body></html>\n").toString();
    }

    private static void table(Table table, StringBuilder out) {
        out.append("<table><thead><tr>");
        table.head().forEach(head -> out.append("<th>").append(escaped(head)).append("</th>"));
        out.append("</tr></thead><tbody>\n");
        for (List<Cell> row : table.rows()) {
            out.append("<tr>");
            row.forEach(cell -> cell(cell, out));
            out.append("</tr>\n");
        }
        out.append("</tbody></table>\n");
    }

    private static void cell(Cell cell, StringBuilder out) {
        boolean number = cell.value() instanceof Number;
        String tone = cell.tone() == Document.Tone.PLAIN ? "" : cell.tone().name().toLowerCase(Locale.ROOT);
        String classes = (tone + (number ? " num" : "")).strip();
        out.append(classes.isEmpty() ? "<td>" : "<td class=\"" + classes + "\">");
        if (!cell.strip().isEmpty()) {
            out.append("<table class=\"strip\"><tr>");
            for (Part part : cell.strip()) {
                out.append("<td class=\"").append(part.tone().name().toLowerCase(Locale.ROOT)).append("\" style=\"width:")
                        .append(String.format(Locale.ROOT, "%.2f", 180 * (part.to() - part.from()))).append("px\"></td>");
            }
            out.append("</tr></table>");
        }
        out.append(escaped(text(cell.value()))).append("</td>");
    }

    /** A number as people read it: at most four digits behind the point, none that say nothing. */
    static String text(Object value) {
        if (value instanceof Double d) {
            return d == Math.rint(d) && Math.abs(d) < 1e15
                    ? String.valueOf(d.longValue())
                    : new java.math.BigDecimal(d).setScale(4, java.math.RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
        }
        return value instanceof String text ? Words.time(text) : String.valueOf(value);
    }

    /** Text that no reader takes for markup; what XML cannot hold is written as its number. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> {
                    boolean xml = c == '\t' || c == '\n' || c >= 0x20 && c < 0xD800 || c >= 0xE000 && c < 0xFFFE || c > 0xFFFF;
                    if (xml) {
                        out.appendCodePoint(c);
                    } else {
                        out.append(Glyphs.named(c));
                    }
                }
            }
        });
        return out.toString();
    }
}
