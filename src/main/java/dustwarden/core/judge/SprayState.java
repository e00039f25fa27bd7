package dustwarden.core.judge;

import java.util.OptionalDouble;

/**
 * What a spray says.
 *
 * @param flow litres a minute, down to a tenth and at most {@value #FLOW_MAX}, so that a steady spray is one stretch
 */
public record SprayState(boolean on, OptionalDouble flow) {
    static final double FLOW_MAX = 5;

    static SprayState of(boolean on, OptionalDouble flow) {
        return new SprayState(
                on,
                flow.isPresent()
                        ? OptionalDouble.of(Math.min(FLOW_MAX, Math.floor(flow.getAsDouble() * 10) / 10))
                        : OptionalDouble.empty());
    }
}
