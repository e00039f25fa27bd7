package dustwarden.intake;

import dustwarden.core.model.Text;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why there is no connection to the broker, for a program and, in a sentence, for a person. */
record MqttTrouble(Kind kind, Text sentence) {
    /** What to do about it follows from the kind. */
    enum Kind {
        /** Nobody answers there. */
        UNREACHABLE,
        /** The certificate or the encryption does not fit. */
        TLS,
        /** The broker does not know us. */
        LOGIN,
        /** The broker says that it does not speak this version. */
        VERSION,
        /** The broker answered the connect with something else, or with nothing. */
        HANDSHAKE,
        /** The broker does not let us subscribe. */
        SUBSCRIPTION,
        /** Another connection with our client id took our place. */
        TAKEN_OVER,
        /** It looks as if another connection takes our place again and again. */
        PERHAPS_TAKEN_OVER,
        /** The connection ended. */
        LOST,
        /** We ended it, since the journal takes nothing. */
        HELD_BACK,
        /** A message could not be handed on; it is not acknowledged and will come again. */
        FAILED
    }

    private static final int OLD_VERSION_REFUSED = 1;
    private static final int OLD_LOGIN_BAD = 4;
    private static final int OLD_LOGIN_FORBIDDEN = 5;
    private static final int VERSION_REFUSED = 0x84;
    private static final int LOGIN_BAD = 0x86;
    private static final int LOGIN_FORBIDDEN = 0x87;
    private static final int BANNED = 0x8a;
    private static final int TAKEN_OVER = 0x8e;
    private static final int UNREACHABLE = 32103;
    private static final int HANDSHAKE_TIMED_OUT = 32000;

    /** What a failed connect means, by the client library's or the broker's reason code. */
    static MqttTrouble connecting(String place, int code, Throwable failure) {
        String why = words(failure);
        if (is(failure, SSLException.class)) {
            return of(Kind.TLS, "与 " + place + " 的加密连接失败：" + why, "TLS with " + place + " failed: " + why);
        }
        return switch (code) {
            case OLD_VERSION_REFUSED, VERSION_REFUSED -> of(
                    Kind.VERSION,
                    place + " 不支持该 MQTT 版本",
                    place + " does not speak this version of MQTT");
            case OLD_LOGIN_BAD, OLD_LOGIN_FORBIDDEN, LOGIN_BAD, LOGIN_FORBIDDEN, BANNED -> of(
                    Kind.LOGIN,
                    place + " 拒绝登录，请检查 mqtt.username 和 mqtt.password",
                    place + " refuses the login, check mqtt.username and mqtt.password");
            case UNREACHABLE -> of(Kind.UNREACHABLE, "无法连接 " + place + "：" + why, place + " cannot be reached: " + why);
            case HANDSHAKE_TIMED_OUT -> of(
                    Kind.UNREACHABLE, place + " 没有应答", place + " does not answer");
            default -> is(failure, java.net.UnknownHostException.class) || is(failure, java.net.SocketTimeoutException.class)
                            || is(failure, java.net.NoRouteToHostException.class)
                    ? of(Kind.UNREACHABLE, "无法连接 " + place + "：" + why, place + " cannot be reached: " + why)
                    : of(Kind.HANDSHAKE, place + " 拒绝连接：" + why, place + " refused the connection: " + why);
        };
    }

    /** What the end of a connection means, by the reason code of the broker's own word where it gave one. */
    static MqttTrouble lost(String place, int code, Throwable failure) {
        if (code == TAKEN_OVER) {
            return takenOver(place);
        }
        String why = words(failure);
        return of(Kind.LOST, "与 " + place + " 的连接中断：" + why, "the connection to " + place + " was lost: " + why);
    }

    static MqttTrouble takenOver(String place) {
        return of(
                Kind.TAKEN_OVER,
                "另一个进程用同一客户端标识登录了 " + place + "，本进程停止接收",
                "another process uses our client id at " + place + ", this one has stopped taking messages");
    }

    static MqttTrouble perhapsTakenOver(String place) {
        return of(
                Kind.PERHAPS_TAKEN_OVER,
                "与 " + place + " 的连接反复中断，可能有另一个进程使用同一客户端标识，一分钟后重试",
                "connections to " + place
                        + " end again and again, perhaps another process uses our client id; the next try is in a minute");
    }

    static MqttTrouble subscription(String place, String filter) {
        return of(
                Kind.SUBSCRIPTION,
                place + " 不允许订阅 " + filter,
                place + " does not let us subscribe to " + filter);
    }

    static MqttTrouble silent(String place) {
        return of(Kind.LOST, place + " 长时间没有响应", place + " has said nothing for too long");
    }

    static MqttTrouble heldBack() {
        return of(
                Kind.HELD_BACK,
                "日志暂时无法写入，消息留在服务器上",
                "the journal takes nothing for now, messages stay at the broker");
    }

    static MqttTrouble failed(Throwable failure) {
        String why = words(failure);
        return of(
                Kind.FAILED,
                "消息处理失败，未确认，将重新投递：" + why,
                "a message could not be handed on and will come again: " + why);
    }

    private static MqttTrouble of(Kind kind, String zh, String en) {
        return new MqttTrouble(kind, new Text(zh, en));
    }

    private static boolean is(Throwable failure, Class<? extends Throwable> kind) {
        return cause(failure, kind).isPresent();
    }

    private static Optional<Throwable> cause(Throwable failure, Class<? extends Throwable> kind) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 8; depth++) {
            if (kind.isInstance(at)) {
                return Optional.of(at);
            }
            at = at.getCause();
        }
        return Optional.empty();
    }

    /** The innermost message, which is the one that helps. */
    private static String words(Throwable failure) {
        String words = "";
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 8; depth++) {
            if (at.getMessage() != null && !at.getMessage().isBlank()) {
                words = at.getMessage();
            } else if (words.isEmpty()) {
                words = at.getClass().getSimpleName();
            }
            at = at.getCause();
        }
        return words.isEmpty() ? "?" : words;
    }
}
