package dustwarden.broker;

import java.util.List;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.paging.PagingManager;
import org.apache.activemq.artemis.core.postoffice.Binding;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTUtil;
import org.apache.activemq.artemis.core.server.BindingQueryResult;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;

/**
 * Artemis, with retained messages also for subscriptions that begin with a wildcard: it keeps them
 * under a prefix that with topics as addresses becomes part of the first level, which no wildcard matches.
 */
final class ArtemisServer extends ActiveMQServerImpl {
    ArtemisServer(Configuration configuration, ArtemisSecurity security) {
        super(configuration, security);
    }

    @Override
    public BindingQueryResult bindingQuery(SimpleString address, boolean newFqqn) throws Exception {
        BindingQueryResult found = super.bindingQuery(address, newFqqn);
        String filter = retained(address.toString());
        if (filter.startsWith("#") || filter.startsWith("+")) {
            found.getQueueNames().addAll(retainedFor(TopicFilter.of(filter)));
        }
        return found;
    }

    /** Whether less disk is free than the bound, as last looked at; false once stopped. */
    boolean isDiskFull() {
        PagingManager paging = getPagingManager();
        return paging != null && paging.isDiskFull();
    }

    private List<SimpleString> retainedFor(TopicFilter filter) {
        return getPostOffice()
                .getAllBindings()
                .filter(binding -> isRetainedFor(filter, binding))
                .map(Binding::getUniqueName)
                .toList();
    }

    private static boolean isRetainedFor(TopicFilter filter, Binding binding) {
        String topic = retained(binding.getAddress().toString());
        return !topic.isEmpty() && filter.covers(TopicFilter.of(topic));
    }

    /** The topic whose retained message this address keeps, empty if it keeps none. */
    private static String retained(String address) {
        String prefix = MQTTUtil.MQTT_RETAIN_ADDRESS_PREFIX;
        return address.startsWith(prefix) ? address.substring(prefix.length()) : "";
    }
}
