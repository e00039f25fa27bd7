package dustwarden.core.decode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A frame whose envelope was in order, taken apart; deviations that were tolerated are named.
 *
 * @param header by key in upper case, without {@code CP}
 * @param groups of the CP part: each is what stood between two {@code ;}, its items between {@code ,} as name and value
 * @param tolerated the names, each once, in the order found
 */
public record Hj212Frame(Map<String, String> header, List<List<Item>> groups, Set<String> tolerated) {
    /** Bytes that a declared length may be off by where the CRC is right; CRC and line end counted along make 6. */
    static final int LENGTH_OFF_MAX = 8;

    /** One {@code name=value} of the CP part. */
    public record Item(String name, String value) {}

    /** A frame or why it is none. */
    public record Parsed(Optional<Hj212Frame> frame, Optional<Decoded.Rejected> rejected) {
        static Parsed no(Refusal refusal, String detail) {
            return new Parsed(Optional.empty(), Optional.of(refusal.because(detail)));
        }
    }

    public String get(String key) {
        return header.getOrDefault(key, "");
    }

    public String cn() {
        return get("CN");
    }

    public String mn() {
        return get("MN");
    }

    /** Total number of sub-packets, where the frame is one of several. */
    public OptionalInt parts() {
        return number("PNUM");
    }

    /** Number of this sub-packet, from 1. */
    public OptionalInt part() {
        return number("PNO");
    }

    /** The value of a field of the CP part that belongs to no factor; empty where absent. */
    public String plain(String name) {
        for (List<Item> group : groups) {
            for (Item item : group) {
                if (item.name().equalsIgnoreCase(name)) {
                    if (!item.name().equals(name)) {
                        tolerated.add("key-case");
                    }
                    return item.value();
                }
            }
        }
        return "";
    }

    /** The frame by each {@code DataTime} that it says, itself where that is one; what stands before the first goes with it. */
    List<Hj212Frame> moments() {
        if (groups.stream().mapToInt(Hj212Frame::timesIn).sum() < 2) {
            return List.of(this);
        }
        List<List<List<Item>>> parts = new ArrayList<>();
        boolean timed = false;
        for (List<Item> group : groups) {
            boolean begins = timesIn(group) > 0;
            if (parts.isEmpty() || begins && timed) {
                parts.add(new ArrayList<>());
            }
            timed |= begins;
            parts.get(parts.size() - 1).add(group);
        }
        List<Hj212Frame> moments = parts.stream().map(part -> new Hj212Frame(header, part, tolerated)).toList();
        if (moments.stream().map(m -> m.plain("DataTime")).distinct().count() < 2) {
            return List.of(this);
        }
        tolerated.add("datatimes");
        return moments;
    }

    private static int timesIn(List<Item> group) {
        int times = 0;
        for (Item item : group) {
            times += item.name().equalsIgnoreCase("DataTime") ? 1 : 0;
        }
        return times;
    }

    private OptionalInt number(String key) {
        String text = get(key);
        return text.length() <= 4 && isDigits(text, Math.max(1, text.length()))
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }

    /** Takes a sealed frame apart by the note made of it as it was received. */
    public static Parsed parse(byte[] sealed, Hj212Note note) {
        Hj212Envelope e = Hj212Envelope.of(sealed);
        Set<String> tolerated = new LinkedHashSet<>();
        if (e.hashes() == 0) {
            return Parsed.no(Refusal.MALFORMED, "it does not begin with ##");
        }
        if (note.crc() == Hj212Note.Crc.MISSING) {
            return Parsed.no(Refusal.CRC, "it has no CRC after &&");
        }
        if (note.crc() == Hj212Note.Crc.WRONG) {
            return Parsed.no(Refusal.CRC, "the CRC is neither right nor of a known dialect");
        }
        int off = note.lengthOff();
        if (note.declared() < 0) {
            return Parsed.no(Refusal.LENGTH, "it declares no length");
        }
        if (note.crc().isDialect() && off != 0 && off != 4 && off != 6) {
            return Parsed.no(Refusal.CRC, "the CRC is not right, and its length is off by " + off);
        }
        if (Math.abs(off) > LENGTH_OFF_MAX) {
            return Parsed.no(Refusal.LENGTH, "its length is off by " + off);
        }
        if (e.hashes() == 1) {
            tolerated.add("hash");
        }
        if (e.digits() != 4) {
            tolerated.add("length-digits");
        }
        if (off != 0) {
            tolerated.add("length");
        }
        if (note.crc().isDialect()) {
            tolerated.add("crc-" + note.crc().wire());
        }
        Parsed parsed = segment(text(sealed, e, tolerated), tolerated);
        // Who counts without the tail was seen to end its data with a separator, which damage on the way hardly makes.
        if (note.crc().isHitByChance() && !tolerated.contains("trailing-separator")) {
            return Parsed.no(Refusal.CRC, "the CRC is not right, and nothing else says that its maker counts another way");
        }
        return parsed;
    }

    private static String text(byte[] frame, Hj212Envelope e, Set<String> tolerated) {
        for (int i = e.from(); i < e.to(); i++) {
            if (frame[i] >= 0 && frame[i] < 0x20 || frame[i] == 0x7f) {
                tolerated.add("bytes");
            }
        }
        if (Hj212Note.isAscii(frame, e)) {
            return new String(frame, e.from(), e.to() - e.from(), StandardCharsets.ISO_8859_1);
        }
        ByteBuffer segment = ByteBuffer.wrap(frame, e.from(), e.to() - e.from());
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(segment.duplicate()).toString();
        } catch (CharacterCodingException notUtf8) {
            try {
                String text = Hj212Note.GBK.newDecoder().decode(segment.duplicate()).toString();
                tolerated.add("gbk");
                return text;
            } catch (CharacterCodingException notGbk) {
                tolerated.add("bytes");
                return new String(frame, e.from(), e.to() - e.from(), StandardCharsets.ISO_8859_1);
            }
        }
    }

    private static Parsed segment(String segment, Set<String> tolerated) {
        int cp = beginOfCp(segment, "=&&");
        int bare = cp < 0 ? beginOfCp(segment, "=") : -1;
        String head = cp >= 0 ? segment.substring(0, cp)
                : bare >= 0 ? segment.substring(0, bare)
                : segment.substring(0, segment.length() - 2);
        if (cp < 0) {
            tolerated.add("no-cp");
        } else if (!segment.startsWith("CP=", cp)) {
            tolerated.add("key-case");
        }
        Map<String, String> header = new LinkedHashMap<>();
        for (String field : head.split(";")) {
            if (field.startsWith(",")) {
                tolerated.add("separator");
                field = field.substring(1);
            }
            int equals = field.indexOf('=');
            if (equals <= 0) {
                if (!field.isBlank()) {
                    tolerated.add("header");
                }
                continue;
            }
            if (isBordered(field) || isBordered(field.substring(equals + 1))) {
                tolerated.add("spaces");
            }
            String name = field.substring(0, equals).strip();
            String key = name.toUpperCase(Locale.ROOT);
            String value = field.substring(equals + 1).strip();
            if (!name.equals(key) && !name.equals("Flag")) {
                tolerated.add("key-case");
            }
            String before = header.putIfAbsent(key, value);
            if (before != null && !before.equals(value)) {
                return Parsed.no(Refusal.MALFORMED, "it says " + key.replaceAll("[^A-Z0-9]", "?") + " twice");
            }
            if (key.equals("PNUM") && header.containsKey("PNO")) {
                tolerated.add("parts-order");
            }
        }
        int from = cp >= 0 ? cp + 5 : bare + 3;
        int to = segment.length() - 2;
        while (to - 2 >= from && segment.startsWith("&&", to - 2)) {
            tolerated.add("trailing-separator");
            to -= 2;
        }
        String body = cp < 0 && bare < 0 || from > to ? "" : segment.substring(from, to);
        Hj212Frame frame = new Hj212Frame(header, groups(body, tolerated), tolerated);
        frame.checkHeader();
        return new Parsed(Optional.of(frame), Optional.empty());
    }

    /** @param opening what follows CP: {@code =&&}, or {@code =} alone where its begin was forgotten */
    private static int beginOfCp(String segment, String opening) {
        for (int at = segment.indexOf(opening); at >= 0; at = segment.indexOf(opening, at + 1)) {
            boolean begins = opening.length() > 1 || at == 2 || at > 2 && segment.charAt(at - 3) == ';';
            if (at >= 2 && begins && segment.regionMatches(true, at - 2, "CP", 0, 2)) {
                return at - 2;
            }
        }
        return -1;
    }

    private static List<List<Item>> groups(String body, Set<String> tolerated) {
        List<List<Item>> groups = new ArrayList<>();
        if (body.endsWith(";") || body.endsWith(",")) {
            tolerated.add("trailing-separator");
        }
        for (String group : body.split(";")) {
            if (group.isEmpty() && !body.isEmpty()) {
                tolerated.add("separator");
            }
            List<Item> items = new ArrayList<>();
            for (String item : group.split(",")) {
                int equals = item.indexOf('=');
                if (equals > 0) {
                    items.add(item(item, equals, tolerated));
                } else if (!item.isBlank()) {
                    tolerated.add("item");
                    appendToLast(items, item);
                }
            }
            if (!items.isEmpty()) {
                groups.add(List.copyOf(items));
            }
        }
        return groups;
    }

    private static Item item(String text, int equals, Set<String> tolerated) {
        String name = text.substring(0, equals);
        String value = text.substring(equals + 1);
        if (isBordered(name) || isBordered(value)) {
            tolerated.add("spaces");
            return new Item(name.strip(), value.strip());
        }
        return new Item(name, value);
    }

    private static boolean isBordered(String text) {
        return !text.isEmpty() && (text.charAt(0) <= ' ' || text.charAt(text.length() - 1) <= ' ');
    }

    /** What is no item of its own is part of the value before it, which so is no number any more: 1,5 is not 1. */
    private static void appendToLast(List<Item> items, String text) {
        if (!items.isEmpty()) {
            Item last = items.remove(items.size() - 1);
            items.add(new Item(last.name(), last.value() + "," + text));
        }
    }

    private void checkHeader() {
        if (!isDigits(get("ST"), 2)) {
            tolerated.add("st");
        }
        if (!isDigits(cn(), 4)) {
            tolerated.add("cn");
        }
        if (mn().isEmpty() || mn().equals("null")) {
            tolerated.add("mn");
        }
        String qn = get("QN");
        if (qn.isEmpty()) {
            if (!isOf2005()) {
                tolerated.add("no-qn");
            }
        } else if (!isDigits(qn, 17) || Hj212Time.parse(qn, ZoneOffset.UTC).isEmpty()) {
            tolerated.add("qn");
        }
    }

    /** Whether it is of the first edition, which says no version in its {@code Flag}, often no {@code Flag}, and needs no QN. */
    boolean isOf2005() {
        String flag = get("FLAG");
        return flag.isEmpty() || (isDigits(flag, 1) && flag.charAt(0) < '4');
    }

    static boolean isDigits(String text, int count) {
        if (text.length() != count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
