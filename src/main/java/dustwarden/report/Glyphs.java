package dustwarden.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** Which characters the embedded font can draw; any other is written as its number, so that none vanishes. */
final class Glyphs {
    static final String FONT = "/fonts/NotoSansSC-GB2312.ttf";
    /** The sign of units and the Greek letter that stands for it look the same. */
    private static final int MICRO = 0xB5;
    private static final int MU = 0x3BC;
    private static final CmapLookup KNOWN = read();

    private Glyphs() {}

    private static CmapLookup read() {
        try (InputStream in = open(); TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(in))) {
            return font.getUnicodeCmapLookup();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FONT, e);
        }
    }

    static InputStream open() {
        return Objects.requireNonNull(Glyphs.class.getResourceAsStream(FONT), FONT);
    }

    /** {@code [U+9F98]}. */
    static String named(int character) {
        return String.format(Locale.ROOT, "[U+%04X]", character);
    }

    /** The same text with every character that cannot be drawn by its number. */
    static String drawable(String text) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        text.codePoints().map(c -> c == MICRO ? MU : c).forEach(c -> {
            boolean drawn = c < 0x80 || Character.isWhitespace(c) || KNOWN.getGlyphId(c) != 0;
            if (drawn) {
                out.appendCodePoint(c);
            } else {
                out.append(named(c));
            }
        });
        return out.toString();
    }
}
