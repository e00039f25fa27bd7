package dustwarden.broker;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets each device publish under its own path only and read its own commands only, and the service do
 * everything; a device that speaks as its maker made it also has the topics that the register gives it.
 */
public final class DeviceAccess implements Access {
    private final DevicePasswords passwords;
    private final ServiceLogin service;
    private final Function<DeviceId, List<String>> ownTopics;

    /**
     * @param ownTopics the filters that the register gives a device beside its path, such as
     *     {@code shellyplus1pm-a8032ab1/#}; asked at each login
     */
    public DeviceAccess(
            DevicePasswords passwords, ServiceLogin service, Function<DeviceId, List<String>> ownTopics) {
        this.passwords = Objects.requireNonNull(passwords, "passwords");
        this.service = Objects.requireNonNull(service, "service");
        this.ownTopics = Objects.requireNonNull(ownTopics, "ownTopics");
    }

    @Override
    public Optional<Client> login(String user, char[] secret) {
        if (service.matches(user, secret)) {
            return Optional.of(new Service(user));
        }
        return DeviceId.parse(user).flatMap(id -> login(id, secret));
    }

    private Optional<Client> login(DeviceId id, char[] secret) {
        Optional<Object> token = passwords.token(id);
        if (token.isEmpty() || !passwords.verify(id, secret)) {
            return Optional.empty();
        }
        List<TopicFilter> foreign = ownTopics.apply(id).stream().map(TopicFilter::of).toList();
        return Optional.of(new Device(id, passwords, token.get(), foreign));
    }

    private record Service(String user) implements Client {
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

    /** Loses every right as soon as the password file takes its secret away. */
    private record Device(
            String user,
            DeviceId id,
            DevicePasswords passwords,
            Object token,
            String path,
            TopicFilter commands,
            List<TopicFilter> foreign)
            implements Client {
        Device(DeviceId id, DevicePasswords passwords, Object token, List<TopicFilter> foreign) {
            this(
                    id.toString(),
                    id,
                    passwords,
                    token,
                    "dust/v1/" + id + "/",
                    TopicFilter.of("warden/v1/" + id + "/#"),
                    List.copyOf(foreign));
        }

        @Override
        public boolean mayPublish(String topic) {
            return passwords.isCurrent(id, token)
                    && (topic.startsWith(path) && topic.length() > path.length() || isForeign(topic));
        }

        @Override
        public boolean mayRead(String filter) {
            return passwords.isCurrent(id, token)
                    && (commands.covers(TopicFilter.of(filter)) || isForeign(filter));
        }

        @Override
        public boolean hasOwnSessions() {
            return true;
        }

        private boolean isForeign(String topic) {
            if (foreign.isEmpty() || isOurs(topic)) {
                return false;
            }
            TopicFilter asked = TopicFilter.of(topic);
            return foreign.stream().anyMatch(filter -> filter.covers(asked));
        }

        /** However wide a pattern the register has: our own trees and everything beginning with a wildcard stay closed. */
        private static boolean isOurs(String topic) {
            String first = topic.split("/", 2)[0];
            return first.equals("dust")
                    || first.equals("warden")
                    || first.startsWith("$")
                    || first.equals("+")
                    || first.equals("#");
        }
    }
}
