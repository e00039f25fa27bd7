package dustwarden.ledger;

import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * The one row that says where both logs end and what their ends hash to; a log cut short does not fit it.
 */
record Head(Position position, byte[] entries, byte[] decisions, long entryDay, long decisionDay) {
    private static final HexFormat HEX = HexFormat.of();

    static Head empty() {
        return new Head(Position.start(), LogHead.GENESIS, LogHead.GENESIS, Long.MIN_VALUE, Long.MIN_VALUE);
    }

    String text() {
        return String.join(
                " ",
                Long.toString(position.nextOffset()),
                Long.toString(position.nextDecision()),
                Long.toString(position.applied()),
                position.lastReceived().isPresent() ? Long.toString(position.lastReceived().getAsLong()) : "-",
                HEX.formatHex(entries),
                HEX.formatHex(decisions),
                Long.toString(entryDay),
                Long.toString(decisionDay));
    }

    /** @throws In.Damaged the text is not a head's */
    static Head parse(String text) {
        try {
            String[] words = text.split(" ");
            Position position = new Position(
                    Long.parseLong(words[0]),
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    words[3].equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(words[3])));
            return new Head(
                    position,
                    HEX.parseHex(words[4]),
                    HEX.parseHex(words[5]),
                    Long.parseLong(words[6]),
                    Long.parseLong(words[7]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new In.Damaged("not a head: " + e.getMessage());
        }
    }
}
