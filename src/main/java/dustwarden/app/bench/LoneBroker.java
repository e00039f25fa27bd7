package dustwarden.app.bench;

import dustwarden.broker.BrokerLimits;
import dustwarden.broker.BrokerSettings;
import dustwarden.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Optional;

/** The embedded broker in a process of its own, where no other is installed. */
public final class LoneBroker {
    private LoneBroker() {}

    /** {@code directory}; says {@code port N} once it is up and runs until it is ended. */
    public static void main(String[] args) throws Exception {
        dustwarden.broker.NewerJava.prepare();
        EmbeddedBroker broker = EmbeddedBroker.start(new BrokerSettings(
                Path.of(args[0]), "127.0.0.1", 0, Optional.empty(), Optional.empty(), BrokerLimits.DEFAULT));
        Parent.tell("port " + broker.port());
        System.in.read();
        broker.stop();
    }
}
