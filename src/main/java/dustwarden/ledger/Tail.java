package dustwarden.ledger;

import java.util.ArrayList;
import java.util.List;

/** Items of one commit that wait to be sealed in a block, as they are stored until then. */
record Tail(long first, List<byte[]> items, byte[] hash) {
    Tail {
        items = List.copyOf(items);
    }

    byte[] body() {
        Out out = new Out(items.stream().mapToInt(i -> i.length + 5).sum());
        items.forEach(item -> out.varint(item.length).put(item));
        return out.toBytes();
    }

    /** @throws In.Damaged the bytes are not a tail's body */
    static List<byte[]> items(byte[] body, long size) {
        In in = new In(body);
        List<byte[]> items = new ArrayList<>();
        while (in.left() > 0) {
            items.add(in.take(in.size(in.left())));
        }
        if (items.size() != size) {
            throw new In.Damaged("a tail of " + items.size() + " items that says " + size);
        }
        return items;
    }
}
