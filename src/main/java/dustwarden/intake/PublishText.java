package dustwarden.intake;

import java.util.Arrays;

/**
 * Makes harmless the characters of a message's topic and properties of which the client library's reading thread would
 * die, again and again, as the message would come again; lengths stay, and payloads are never touched.
 *
 * <p>These are control characters, those that Unicode keeps from interchange and, of MQTT 3.1.1, all from U+FDD0 on,
 * full-width forms and what is no UTF-8 included. Each of their bytes becomes a question mark, which no id holds.
 */
final class PublishText {
    private static final int PUBLISH = 3;
    private static final int QOS_BITS = 0x06;
    private static final int MALFORMED = -1;

    private enum Part {
        LENGTH,
        TEXT,
        ID,
        PROPERTIES,
        PROPERTY,
        BYTES_LENGTH,
        BYTES,
        NUMBER,
        REST
    }

    private final boolean isNew;
    private Part part = Part.REST;
    private boolean inProperties;
    private boolean numbered;
    private int propertyBytes;
    private int texts;
    private int left;
    private int value;
    private int shift;

    /** @param isNew whether this is MQTT 5 */
    PublishText(boolean isNew) {
        this.isNew = isNew;
    }

    /** A packet begins with this byte; its length follows elsewhere, its body in {@link #body}. */
    void begin(int first) {
        inProperties = false;
        numbered = (first & QOS_BITS) != 0;
        if (first >> 4 == PUBLISH) {
            text(1);
        } else {
            part = Part.REST;
        }
    }

    /** The next piece of the packet's body, which the client library reads into one array in order; mended in place. */
    void body(byte[] bytes, int from, int length) {
        int end = from + length;
        for (int i = from; i < end && part != Part.REST; i++) {
            if (inProperties) {
                propertyBytes--;
            }
            if (part == Part.TEXT && left == 1) {
                mend(bytes, Math.max(0, i + 1 - value), i + 1);
            }
            step(bytes[i] & 0xff);
            if (inProperties && propertyBytes <= 0) {
                part = Part.REST;
            }
        }
    }

    private void step(int b) {
        switch (part) {
            case LENGTH -> {
                value = value << 8 | b;
                if (--left == 0) {
                    counted(Part.TEXT, value);
                }
            }
            case BYTES_LENGTH -> {
                value = value << 8 | b;
                if (--left == 0) {
                    counted(Part.BYTES, value);
                }
            }
            case TEXT, ID, BYTES -> {
                if (--left == 0) {
                    ended();
                }
            }
            case PROPERTIES -> {
                value |= (b & 0x7f) << shift;
                shift += 7;
                if (b < 0x80) {
                    propertyBytes = value;
                    inProperties = true;
                    part = Part.PROPERTY;
                }
            }
            case NUMBER -> part = b < 0x80 ? Part.PROPERTY : Part.NUMBER;
            case PROPERTY -> property(b);
            case REST -> throw new IllegalStateException("nothing of the rest is looked at");
        }
    }

    private void property(int id) {
        switch (id) {
            case 0x01 -> counted(Part.BYTES, 1);
            case 0x02 -> counted(Part.BYTES, 4);
            case 0x23 -> counted(Part.BYTES, 2);
            case 0x03, 0x08 -> text(1);
            case 0x26 -> text(2);
            case 0x0b -> part = Part.NUMBER;
            case 0x09 -> {
                part = Part.BYTES_LENGTH;
                left = 2;
                value = 0;
            }
            // No broker sends any other with a message.
            default -> part = Part.REST;
        }
    }

    private void text(int count) {
        texts = count;
        part = Part.LENGTH;
        left = 2;
        value = 0;
    }

    private void counted(Part next, int count) {
        part = next;
        left = count;
        if (count == 0) {
            ended();
        }
    }

    private void ended() {
        if (part == Part.TEXT && texts > 1) {
            text(texts - 1);
        } else if (inProperties) {
            part = Part.PROPERTY;
        } else if (part == Part.TEXT && isNew && numbered) {
            part = Part.ID;
            left = 2;
        } else if (isNew) {
            part = Part.PROPERTIES;
            value = 0;
            shift = 0;
        } else {
            part = Part.REST;
        }
    }

    private void mend(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int point = point(bytes, at, to);
            int length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (refused(point)) {
                Arrays.fill(bytes, at, at + length, (byte) '?');
            }
            at += length;
        }
    }

    private boolean refused(int point) {
        return point < 0x20
                || point >= 0x7f && point < 0xa0
                || (point & 0xfffe) == 0xfffe
                || point >= 0xfdd0 && (!isNew || point < 0xfde0);
    }

    /** The character that begins here, or {@link #MALFORMED} for a byte that begins none. */
    private static int point(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
        if (first < 0xc2 || first > 0xf4 || at + more >= to) {
            return MALFORMED;
        }
        int point = first & 0x3f >> more;
        for (int i = 1; i <= more; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return MALFORMED;
            }
            point = point << 6 | bytes[at + i] & 0x3f;
        }
        boolean overlong = point < (more == 3 ? 0x10000 : more == 2 ? 0x800 : 0x80);
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return overlong || surrogate || point > Character.MAX_CODE_POINT ? MALFORMED : point;
    }
}
