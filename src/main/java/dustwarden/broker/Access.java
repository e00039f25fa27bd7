package dustwarden.broker;

import java.util.Optional;

/** Who may log in to the broker, and what each may then publish and read; asked on worker threads, never on an event loop. */
public interface Access {
    /** The client that this name and secret open, or nothing; a wrong secret and an unknown name look the same. */
    Optional<Client> login(String user, char[] secret);

    /** One that has logged in; its answers must be quick, they are asked for every message. */
    interface Client {
        /** The user name, as logged in; never empty. */
        String user();

        /** Whether it may publish to this topic, which holds no wildcard. */
        boolean mayPublish(String topic);

        /** Whether it may subscribe to this filter. */
        boolean mayRead(String filter);

        /**
         * Whether its session names are its own. True keeps one device from taking over the session of
         * another by using its client id; false is for the service, whose session must outlive a
         * change of its settings.
         */
        boolean hasOwnSessions();
    }
}
