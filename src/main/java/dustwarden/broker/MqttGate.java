package dustwarden.broker;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Stands before the broker on one connection and lets only MQTT through: a CONNECT first, soon and
 * short, then no packet over the bound. It counts bytes and holds none, so that a peer without a login
 * costs no memory.
 */
final class MqttGate extends ChannelInboundHandlerAdapter {
    private static final int CONNECT = 0x10;
    private static final int CONNECT_BYTES_MAX = 256 << 10;
    private static final int CONNECT_WITHIN_SECONDS = 10;
    private static final int LENGTH_BYTES_MAX = 4;

    private final int packetBytesMax;
    private final Refusals refusals;

    private Stage stage = Stage.TYPE;
    private boolean connecting = true;
    private boolean closed;
    private int remaining;
    private int lengthBytes;
    private int nameBytes;
    private Future<?> deadline;

    /** What the next byte of the stream is. */
    private enum Stage {
        TYPE,
        LENGTH,
        BODY
    }

    MqttGate(int packetBytesMax, Refusals refusals) {
        this.packetBytesMax = packetBytesMax;
        this.refusals = refusals;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(() -> refuse(ctx), CONNECT_WITHIN_SECONDS, TimeUnit.SECONDS);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        deadline.cancel(false);
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!closed && passes((ByteBuf) message)) {
            ctx.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
            refuse(ctx);
        }
    }

    /** A failed TLS handshake among others; later trouble is the broker's. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (connecting) {
            refuse(ctx);
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private void refuse(ChannelHandlerContext ctx) {
        if (!closed) {
            closed = true;
            refusals.add(String.valueOf(ctx.channel().remoteAddress()));
            ctx.close();
        }
    }

    private boolean passes(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            if (stage == Stage.BODY && !connecting) {
                int taken = Math.min(remaining, bytes.writerIndex() - at);
                at += taken;
                remaining -= taken;
                endPacketIfDone();
            } else if (!passes(bytes.getByte(at++) & 0xff)) {
                return false;
            }
        }
        return true;
    }

    private boolean passes(int next) {
        return switch (stage) {
            case TYPE -> isType(next);
            case LENGTH -> isLength(next);
            case BODY -> isConnectBody(next);
        };
    }

    private boolean isType(int next) {
        stage = Stage.LENGTH;
        remaining = 0;
        lengthBytes = 0;
        return connecting ? next == CONNECT : (next & 0xf0) != CONNECT;
    }

    private boolean isLength(int next) {
        remaining |= (next & 0x7f) << 7 * lengthBytes++;
        if ((next & 0x80) != 0) {
            return lengthBytes < LENGTH_BYTES_MAX;
        }
        if (connecting && remaining == 0) {
            return false;
        }
        stage = Stage.BODY;
        boolean fits = remaining <= (connecting ? CONNECT_BYTES_MAX : packetBytesMax);
        endPacketIfDone();
        return fits;
    }

    /** The protocol's name: {@code MQTT}, or {@code MQIsdp} of version 3.1. */
    private boolean isConnectBody(int next) {
        boolean good = switch (nameBytes++) {
            case 0 -> next == 0;
            case 1 -> next == 4 || next == 6;
            case 2 -> next == 'M';
            case 3 -> next == 'Q';
            default -> true;
        };
        remaining--;
        endPacketIfDone();
        return good;
    }

    private void endPacketIfDone() {
        if (remaining == 0) {
            stage = Stage.TYPE;
            if (connecting) {
                connecting = false;
                deadline.cancel(false);
            }
        }
    }
}
