package dustwarden.report;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
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
        // An archive's form: all fonts are in it, and none of the machine's are looked for.
        builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_U);
        builder.useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
        builder.toStream(out);
        try {
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the PDF cannot be drawn", e);
        }
        return out.toByteArray();
    }
}
