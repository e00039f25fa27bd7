package dustwarden.ledger;

/** The root over the roots of all blocks of a closed local day; {@code day} counts from 1970-01-01. */
record Day(long day, long first, long next, int blocks, byte[] root) {}
