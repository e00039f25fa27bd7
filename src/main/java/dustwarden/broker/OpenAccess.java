package dustwarden.broker;

import java.util.Optional;

/** Lets everybody in to everything: for a broker that only this machine can reach. */
final class OpenAccess implements Access {
    private static final Client ANYONE = new Anyone();

    @Override
    public Optional<Client> login(String user, char[] secret) {
        return Optional.of(ANYONE);
    }

    private record Anyone() implements Client {
        @Override
        public String user() {
            return "anyone";
        }

        @Override
        public boolean mayPublish(String topic) {
            return true;
        }

        @Override
        public boolean mayRead(String filter) {
            return true;
        }

        @Override
        public boolean hasOwnSessions() {
            return false;
        }
    }
}
