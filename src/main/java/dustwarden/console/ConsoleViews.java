package dustwarden.console;

/** Everything the console reads from and writes to; none of it may block the caller. */
public record ConsoleViews(
        Sites sites, Series series, Alarms alarms, Acts acts, Regions regions, Intake intake, Status status) {}
