package dustwarden.console;

import dustwarden.core.model.Register;
import java.util.function.Supplier;

/**
 * Everything the console reads from and writes to; none of it may block the caller.
 *
 * @param register the sites as registered now, from which an account's scope is told
 */
public record ConsoleViews(
        Sites sites,
        Series series,
        Alarms alarms,
        Acts acts,
        Regions regions,
        Intake intake,
        Status status,
        Supplier<Register> register,
        Acknowledging acknowledging,
        SprayControl sprays) {}
