package dustwarden.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.series.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A group robot of WeCom (企业微信): markdown of at most 4,096 bytes, or text of 2,048 where people are called by name, since
 * only text calls them reliably. Success is {@code errcode} 0; the key in the address is the only secret.
 */
public final class WeComChannel implements Channel {
    static final int MARKDOWN_BYTES_MAX = 4_096;
    static final int TEXT_BYTES_MAX = 2_048;
    private static final Duration THROTTLED = Duration.ofSeconds(65);
    private static final Set<Integer> TOO_MUCH = Set.of(45009, 45033);
    /** Key unknown or removed, robot removed from the group, address of ours not allowed. */
    private static final Set<Integer> DEAD = Set.of(93000, 93004, 93008, 40001, 40014, 60020);

    private final Robot robot;
    private final HttpPost http;

    public WeComChannel(Robot robot) {
        this.robot = robot;
        this.http = new HttpPost(robot.redaction());
    }

    @Override
    public Reply send(Parcel parcel) {
        Told told = robot.told(parcel);
        boolean call = parcel.urgent() && !robot.mention().isEmpty();
        return http.send(robot.url(), (call ? text(told) : markdown(told)).toString(),
                Map.of("Content-Type", "application/json; charset=utf-8"), new Errcodes(TOO_MUCH, THROTTLED, DEAD)::answer);
    }

    private static ObjectNode markdown(Told told) {
        String links = told.links().stream()
                .map(l -> "\n[" + l.label() + "](" + l.url() + ")")
                .collect(Collectors.joining());
        String head = "**" + told.title() + "**";
        String lines = told.body("\n", MARKDOWN_BYTES_MAX - Told.bytes(head) - Told.bytes(links) - 1);
        ObjectNode body = Json.object().put("msgtype", "markdown");
        body.putObject("markdown").put("content", head + "\n" + lines + links);
        return body;
    }

    private ObjectNode text(Told told) {
        ObjectNode body = Json.object().put("msgtype", "text");
        ObjectNode text = body.putObject("text").put("content", told.plain(TEXT_BYTES_MAX));
        var mobiles = text.putArray("mentioned_mobile_list");
        robot.mention().forEach(mobiles::add);
        return body;
    }
}
