package dustwarden.report;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The forms of a paper, by the ending of its file's name. */
enum ReportForm {
    PDF {
        @Override
        byte[] write(Document document) {
            return Pdf.of(Html.of(document));
        }
    },
    HTML {
        @Override
        byte[] write(Document document) {
            return Html.of(document).getBytes(StandardCharsets.UTF_8);
        }
    },
    XLSX {
        @Override
        byte[] write(Document document) {
            return Workbooks.of(document);
        }
    };

    abstract byte[] write(Document document);

    static ReportForm of(String fileName) {
        for (ReportForm form : values()) {
            if (fileName.toLowerCase(Locale.ROOT).endsWith("." + form.name().toLowerCase(Locale.ROOT))) {
                return form;
            }
        }
        throw new ReportRefused(
                "文件名须以 .pdf、.xlsx 或 .html 结尾:" + fileName, "a report ends in .pdf, .xlsx or .html, got " + fileName);
    }
}
