package dustwarden.intake;

import java.util.List;

/** One connection to a broker, made once and never again: what belongs to it can not be mixed up with a later one's. */
interface MqttLink {
    /** What happens to a connection; told on the client library's threads, from which nothing may be sent. */
    interface Events {
        /** @param session whether the broker still had ours, with its subscriptions and what waits in it */
        void opened(boolean session);

        void refused(MqttTrouble trouble);

        void subscribed();

        void lost(MqttTrouble trouble);

        /** @param id for the acknowledgement, which a message of QoS 1 waits for */
        void arrived(String topic, byte[] payload, int qos, boolean retained, int id);
    }

    /** Makes the link of a wire for what happens to it. */
    interface Maker {
        MqttLink make(MqttSource source, Wire wire, Events events) throws MqttRefused;
    }

    /** The client library would not do what it was asked. */
    final class MqttRefused extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient MqttTrouble trouble;

        MqttRefused(MqttTrouble trouble, Throwable cause) {
            super(trouble.sentence().en(), cause);
            this.trouble = trouble;
        }

        MqttTrouble trouble() {
            return trouble;
        }
    }

    void open() throws MqttRefused;

    /** Subscribes at QoS 1. */
    void subscribe(List<String> filters) throws MqttRefused;

    /** Ends subscriptions; does not wait, and nobody is told when it is done. */
    void unsubscribe(List<String> filters) throws MqttRefused;

    /** Acknowledges a message, from any thread, without waiting; false where the connection is gone. */
    boolean acknowledge(int id);

    /**
     * Whether the broker has taken all that was sent before this was first asked; to be asked until it has.
     *
     * <p>A broker that sees a connection end may leave aside what it has read and not yet dealt with, such as the last
     * acknowledgements; so it is first asked for something that it answers after them.
     */
    boolean settled();

    /** Whether it is connected, or still saying goodbye. */
    boolean isUp();

    /** Says goodbye after what is still to be sent; does not wait. */
    void leave();

    /** Ends the connection at once; false where it is not yet wholly gone and this is to be called again. */
    boolean end();
}
