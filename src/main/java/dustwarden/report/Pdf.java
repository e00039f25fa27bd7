package dustwarden.report;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Draws a page as a PDF with the embedded font; it fetches nothing. */
final class Pdf {
    private Pdf() {}

    static byte[] of(String html) {
        XRLog.setLoggingEnabled(false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PdfRendererBuilder builder = new PdfRendererBuilder();
        for (int weight : new int[] {400, 700}) {
            builder.useFont(Glyphs::open, "Dust", weight, FontStyle.NORMAL, true);
        }
        builder.useUriResolver((base, uri) -> null);
        builder.withHtmlContent(Glyphs.drawable(html), null);
        builder.withProducer("dustwarden");
        builder.toStream(out);
        try {
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the PDF cannot be drawn", e);
        }
        return out.toByteArray();
    }
}
