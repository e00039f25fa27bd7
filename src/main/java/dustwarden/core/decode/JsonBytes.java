package dustwarden.core.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Strict reading of JSON in UTF-8: no repeated key, no NaN, nothing after the value, bounded depth.
 *
 * <p>What one payload does to the parser's tables never changes what another becomes: the check for colliding names
 * is off, since it would refuse a payload for what came before it.
 */
final class JsonBytes {
    /** Deeper nesting is refused; no payload of ours has more than four levels. */
    static final int DEPTH_MAX = 1000;

    private static final VarHandle EIGHT_BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH_ONE = 0x0101_0101_0101_0101L;
    private static final long EACH_HIGH = 0x8080_8080_8080_8080L;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .configure(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW, false)
            .configure(StreamReadFeature.USE_FAST_DOUBLE_PARSER, true)
            .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** A repeated key, which this project does not take for JSON. */
    static final class RepeatedKey extends IOException {
        private static final long serialVersionUID = 1L;

        RepeatedKey() {
            super("an object has the same key twice");
        }
    }

    private JsonBytes() {}

    static JsonParser parser(byte[] json) throws IOException {
        return FACTORY.createParser(json);
    }

    /** Whether all bytes are ASCII and none is zero, as nearly all payloads are: then nothing else need be checked of them. */
    static boolean isPlain(byte[] bytes) {
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            long eight = (long) EIGHT_BYTES.get(bytes, i);
            // The first term has a bit for each byte beyond ASCII; taking one from each byte borrows into that bit for a zero.
            if (((eight | eight - EACH_ONE) & EACH_HIGH) != 0) {
                return false;
            }
        }
        for (; i < bytes.length; i++) {
            if (bytes[i] <= 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes are well-formed UTF-8. */
    static boolean isUtf8(byte[] bytes) {
        int i = 0;
        while (i < bytes.length && bytes[i] >= 0) {
            i++;
        }
        if (i == bytes.length) {
            return true;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, i, bytes.length - i);
        CharBuffer out = CharBuffer.allocate(1024);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (result.isError()) {
                return false;
            }
            if (result.isUnderflow()) {
                return true;
            }
            out.clear();
        }
    }

    /** Whether a zero byte lies among them, which JSON never has and by which the parser would guess at UTF-16. */
    static boolean hasZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    /** Passes over the value at the parser's current token and refuses a repeated key anywhere in it. */
    static void skip(JsonParser parser) throws IOException {
        if (!parser.currentToken().isStructStart()) {
            parser.finishToken();
            return;
        }
        Deque<KeySet> open = new ArrayDeque<>();
        open.push(new KeySet());
        while (!open.isEmpty()) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new IOException("the text ends within a value");
            } else if (token == JsonToken.FIELD_NAME) {
                if (!open.peek().add(parser.currentName())) {
                    throw new RepeatedKey();
                }
            } else if (token.isStructStart()) {
                open.push(new KeySet());
            } else if (token.isStructEnd()) {
                open.pop();
            } else {
                parser.finishToken();
            }
        }
    }
}
