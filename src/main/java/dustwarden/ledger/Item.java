package dustwarden.ledger;

/** An item about to be appended: its canonical bytes, its mark, and the local day it belongs to. */
record Item(byte[] canonical, long mark, long day) {}
