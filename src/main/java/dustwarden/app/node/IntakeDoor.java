package dustwarden.app.node;

import dustwarden.broker.DeviceId;
import dustwarden.broker.DevicePasswords;
import dustwarden.console.Intake;
import dustwarden.core.Content;
import dustwarden.core.Entry;
import dustwarden.core.Makers;
import dustwarden.core.decode.Bulk;
import dustwarden.core.decode.Decoded;
import dustwarden.core.decode.OwnDecoder;
import dustwarden.intake.Arrival;
import dustwarden.intake.Inbox;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Takes what devices bring over HTTP into the journal, and answers when it is on disk. */
final class IntakeDoor implements Intake {
    private static final int KEPT_BYTES_MAX = OwnDecoder.PAYLOAD_BYTES_MAX;
    private static final int OVERSIZE_KEPT = 1_024;
    private static final int OVERHEAD_BYTES = 300;
    private static final long PATIENCE_SECONDS = 10;

    private final Vertx vertx;
    private final Inbox inbox;
    private final Supplier<Content> content;
    private final InstantSource clock;
    private final Optional<DevicePasswords> passwords;

    IntakeDoor(Vertx vertx, Inbox inbox, Supplier<Content> content, InstantSource clock, Optional<DevicePasswords> passwords) {
        this.vertx = vertx;
        this.inbox = inbox;
        this.content = content;
        this.clock = clock;
        this.passwords = passwords;
    }

    @Override
    public Future<Receipt> accept(String site, String device, String stream, Buffer body) {
        String topic = "dust/v1/" + site + "/" + device + "/" + stream;
        // Cameras push pictures beside what they saw; a device of our own format has none.
        byte[] bytes = content.get().makers().pushes(topic) ? Bulk.without(body.getBytes()) : body.getBytes();
        boolean oversize = bytes.length > KEPT_BYTES_MAX;
        byte[] kept = oversize ? Arrays.copyOf(bytes, OVERSIZE_KEPT) : bytes;
        Optional<Entry.Oversize> note =
                oversize ? Optional.of(new Entry.Oversize(bytes.length, sha256(bytes))) : Optional.empty();
        Promise<Void> journaled = Promise.promise();
        boolean taken = inbox.offer(new Arrival(
                received -> new Entry.Message(received, Entry.Source.HTTP, topic, kept, false, note),
                kept.length + OVERHEAD_BYTES,
                () -> vertx.runOnContext(now -> journaled.tryComplete())));
        if (!taken) {
            return Future.failedFuture(new Busy("the inbox is full; send it again"));
        }
        Entry.Message message = new Entry.Message(clock.millis(), Entry.Source.HTTP, topic, kept, false, note);
        List<Decoded> asMade =
                content.get().makers().read(message, message.received()).stream().map(Makers.Answer::decoded).toList();
        Receipt receipt = receipt(!asMade.isEmpty() ? asMade : OwnDecoder.decode(
                content.get().register(), topic, kept,
                oversize ? OptionalLong.of(bytes.length) : OptionalLong.empty(), message.received()));
        return journaled.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).map(receipt);
    }

    private static Receipt receipt(List<Decoded> all) {
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof Decoded.Rejected refused) {
                refusals.add(new Refusal(i, refused.reason(), refused.detail()));
            }
        }
        return new Receipt(all.size() - refusals.size(), refusals);
    }

    @Override
    public Future<Boolean> permits(String site, String device, String secret) {
        if (passwords.isEmpty()) {
            return Future.succeededFuture(false);
        }
        return vertx.executeBlocking(() -> passwords.get().verify(new DeviceId(site, device), secret.toCharArray()), false);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
