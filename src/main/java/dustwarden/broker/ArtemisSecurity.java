package dustwarden.broker;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.protocol.mqtt.exceptions.InvalidClientIdException;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;

/**
 * Puts our {@link Access} in front of every login, publish and subscription that Artemis handles; the
 * broker's addresses are MQTT topics letter for letter.
 */
final class ArtemisSecurity implements ActiveMQSecurityManager5 {
    /** Artemis builds selectors from client ids, so a quote in one would reach other sessions. */
    private static final Pattern CLIENT_ID = Pattern.compile("[^\\p{Cntrl}'\"\\\\~]{1,200}");

    /** Splits a device's name from the client id it chose; it stands in no name and no client id. */
    private static final char OWNER_END = '~';

    private static final String QUEUE_MARK = "::";

    /** Every topic ever used costs the broker some 11 KiB until it is stopped; ten would do for a device. */
    static final int DEVICE_TOPICS_MAX = 200;

    private final Access access;
    private final Refusals logins = new Refusals("login");
    private final Refusals paths = new Refusals("foreign path");
    private final Map<String, AtomicInteger> topicsByDevice = new ConcurrentHashMap<>();

    ArtemisSecurity(Access access) {
        this.access = access;
    }

    long loginsRefused() {
        return logins.count();
    }

    long pathsRefused() {
        return paths.count();
    }

    /** Called at login, and again for each check, when the connection already carries its client. */
    @Override
    public Subject authenticate(String user, String password, RemotingConnection connection, String domain) {
        Subject known = connection.getSubject();
        return known == null ? login(Optional.ofNullable(user), Optional.ofNullable(password), connection) : known;
    }

    private Subject login(Optional<String> user, Optional<String> password, RemotingConnection connection) {
        Optional<Access.Client> client =
                access.login(user.orElse(""), password.orElse("").toCharArray());
        if (client.isEmpty()) {
            logins.add(user.orElse("no name") + " from " + connection.getRemoteAddress());
            return null;
        }
        connection.setClientID(sessionName(client.get(), connection.getClientID()));
        return subject(client.get());
    }

    private String sessionName(Access.Client client, String clientId) {
        String owner = client.user() + OWNER_END;
        boolean own = client.hasOwnSessions();
        String chosen = own && clientId.startsWith(owner) ? clientId.substring(owner.length()) : clientId;
        if (!CLIENT_ID.matcher(chosen).matches()) {
            logins.add("client id of " + client.user());
            throw new InvalidClientIdException();
        }
        return own ? owner + chosen : chosen;
    }

    private static Subject subject(Access.Client client) {
        Set<Principal> principals = Set.of(new UserPrincipal(client.user()), new ClientPrincipal(client));
        return new Subject(true, principals, Set.of(), Set.of());
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType check, String address) {
        Access.Client client =
                subject.getPrincipals(ClientPrincipal.class).iterator().next().client();
        int queue = address.indexOf(QUEUE_MARK);
        String topic = queue < 0 ? address : address.substring(0, queue);
        boolean allowed = isPlain(topic) && allows(client, check, topic);
        if (!allowed) {
            paths.add(client.user());
        }
        return allowed;
    }

    private boolean allows(Access.Client client, CheckType check, String topic) {
        return switch (check) {
            case SEND -> mayPublish(client, topic);
            case CREATE_ADDRESS -> (mayPublish(client, topic) || client.mayRead(topic)) && mayAddTopic(client);
            case CONSUME, BROWSE, CREATE_DURABLE_QUEUE, CREATE_NON_DURABLE_QUEUE, DELETE_ADDRESS,
                    DELETE_DURABLE_QUEUE, DELETE_NON_DURABLE_QUEUE -> client.mayRead(topic);
            default -> false;
        };
    }

    private boolean mayAddTopic(Access.Client client) {
        return !client.hasOwnSessions()
                || topicsByDevice.computeIfAbsent(client.user(), user -> new AtomicInteger()).incrementAndGet()
                        <= DEVICE_TOPICS_MAX;
    }

    private static boolean mayPublish(Access.Client client, String topic) {
        return topic.indexOf('#') < 0 && topic.indexOf('+') < 0 && client.mayPublish(topic);
    }

    /** Topics that begin with $ are the broker's own. */
    private static boolean isPlain(String topic) {
        return !topic.isEmpty() && topic.charAt(0) != '$';
    }

    @Override
    public boolean validateUser(String user, String password) {
        return false;
    }

    @Override
    public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType check) {
        return false;
    }

    private record ClientPrincipal(Access.Client client) implements Principal {
        @Override
        public String getName() {
            return client.user();
        }
    }
}
