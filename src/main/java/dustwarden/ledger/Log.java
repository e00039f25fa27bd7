package dustwarden.ledger;

/** The two logs of a ledger: each is blocks, a tail of items not yet in a block, and the roots of closed days. */
enum Log {
    ENTRY("entry"),
    DECISION("decision");

    private final String word;

    Log(String word) {
        this.word = word;
    }

    String block() {
        return word + "_block";
    }

    String body() {
        return word + "_body";
    }

    String tail() {
        return word + "_tail";
    }

    String day() {
        return word + "_day";
    }
}
