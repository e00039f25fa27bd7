package dustwarden.ledger;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What pins a closed local day of both logs and, through the chains, all before it: one hash that can be printed or mailed.
 *
 * @param decisions empty where nothing was decided on that day
 */
public record DayRoot(LocalDate date, Part entries, Optional<Part> decisions) {
    private static final HexFormat HEX = HexFormat.of();

    /**
     * One log's share of a day.
     *
     * @param root over the roots of the day's blocks
     * @param chain after the day's last block
     */
    public record Part(long first, long next, byte[] root, byte[] chain) {
        private String text() {
            return first + "-" + next + " " + HEX.formatHex(root) + " " + HEX.formatHex(chain);
        }
    }

    /** The text that the hash covers. */
    public String text() {
        return "dustwarden-day-1 " + date + " entries " + entries.text() + " decisions "
                + decisions.map(Part::text).orElse("none");
    }

    /** SHA-256 of the text, in hex. */
    public String hash() {
        return HEX.formatHex(Merkle.sha256(text().getBytes(StandardCharsets.UTF_8)));
    }

    /** {@code 2026-03-14 <hash>}, as it is printed. */
    public String line() {
        return date + " " + hash();
    }

    /** @throws IllegalArgumentException not the text of a day's root */
    public static DayRoot parse(String text) {
        String[] w = text.split(" ", -1);
        if (w.length < 8 || !w[0].equals("dustwarden-day-1") || !w[2].equals("entries") || !w[6].equals("decisions")) {
            throw new IllegalArgumentException("not the root of a day: " + text);
        }
        Optional<Part> decided = w.length == 10
                ? Optional.of(part(w[7], w[8], w[9]))
                : Optional.empty();
        DayRoot read = new DayRoot(LocalDate.parse(w[1]), part(w[3], w[4], w[5]), decided);
        if (!read.text().equals(text)) {
            throw new IllegalArgumentException("not the root of a day: " + text);
        }
        return read;
    }

    private static Part part(String range, String root, String chain) {
        String[] ends = range.split("-", -1);
        if (ends.length != 2) {
            throw new IllegalArgumentException("not a range: " + range);
        }
        return new Part(Long.parseLong(ends[0]), Long.parseLong(ends[1]), HEX.parseHex(root), HEX.parseHex(chain));
    }
}
