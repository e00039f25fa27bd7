package dustwarden.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.model.CanonicalJson;
import dustwarden.series.Json;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Notices as JSON on one topic of the broker that alarms go to. */
public final class MqttChannel implements Channel {
    private static final long ANSWER_SECONDS = 5;

    /** Publishes at QoS 1; completes when the broker has it. */
    @FunctionalInterface
    public interface Publisher {
        CompletableFuture<Void> publish(String topic, byte[] body);
    }

    private final String topic;
    private final Publisher publisher;

    public MqttChannel(String topic, Publisher publisher) {
        this.topic = topic;
        this.publisher = publisher;
    }

    @Override
    public Reply send(Parcel parcel) {
        Notice notice = parcel.lead();
        ObjectNode json = Json.object();
        json.put("id", parcel.id());
        json.set("alarm", notice.alarmNode());
        json.put("receiver", notice.receiver());
        notice.language().ifPresent(l -> json.put("language", l));
        ObjectNode text = json.putObject("text");
        text.put("zh", parcel.text().zh().plain(Integer.MAX_VALUE));
        text.put("en", parcel.text().en().plain(Integer.MAX_VALUE));
        if (parcel.repeat()) {
            json.put("repeat", true);
        }
        String body = json.toString();
        return new Reply(publish(body), CanonicalJson.sha256(body));
    }

    private Answer publish(String body) {
        try {
            publisher.publish(topic, body.getBytes(StandardCharsets.UTF_8)).get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return new Answer.Taken("acknowledged");
        } catch (ExecutionException e) {
            return new Answer.NotNow(String.valueOf(e.getCause().getMessage()));
        } catch (TimeoutException e) {
            return new Answer.NotNow("no acknowledgement within " + ANSWER_SECONDS + " s", true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.NotNow("interrupted");
        }
    }
}
