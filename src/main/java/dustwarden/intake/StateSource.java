package dustwarden.intake;

import java.util.Map;

/** Where states to be stored come from: the core's, by site. */
public interface StateSource {
    /** The states of all sites. */
    Map<String, Object> states();

    /** The states of sites that changed since either method was last called. */
    Map<String, Object> changedStates();
}
