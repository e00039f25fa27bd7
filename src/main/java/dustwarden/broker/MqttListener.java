package dustwarden.broker;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Accepts connections, puts TLS and the {@link MqttGate} on each, and hands it to the broker. */
final class MqttListener {
    private static final int THREADS = 2;
    private static final int BACKLOG = 1_024;

    private final BrokerLimits limits;
    private final Refusals refusals;
    private final Consumer<Channel> broker;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory("mqtt-listener", true), NioIoHandler.newFactory());
    private final ChannelGroup listening = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
    private final ChannelGroup open = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

    MqttListener(BrokerLimits limits, Refusals refusals, Consumer<Channel> broker) {
        this.limits = limits;
        this.refusals = refusals;
        this.broker = broker;
    }

    /** Opens the port and returns its number. */
    int listen(String host, int port, Optional<SslContext> tls) throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(onAccept(tls))
                .bind(host, port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen for MQTT on " + host + ":" + port + ": "
                    + bound.cause().getMessage(), bound.cause());
        }
        listening.add(bound.channel());
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    private ChannelInitializer<Channel> onAccept(Optional<SslContext> tls) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                if (open.size() >= limits.connectionsMax()) {
                    refusals.add("one over " + limits.connectionsMax() + " connections");
                    channel.close();
                    return;
                }
                open.add(channel);
                tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
                channel.pipeline().addLast(new MqttGate(limits.packetBytesMax(), refusals));
                broker.accept(channel);
            }
        };
    }

    int connections() {
        return open.size();
    }

    /** No further connection is accepted after this. */
    void stopListening() {
        listening.close().awaitUninterruptibly();
    }

    void close() {
        stopListening();
        open.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
