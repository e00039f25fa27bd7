package dustwarden.core;

import dustwarden.core.decode.Clock;
import dustwarden.core.decode.Gaps;
import dustwarden.core.decode.Seen;

/** What the core remembers of how a device reports: repetitions, missing numbers, its clock. */
final class DeviceState {
    final Seen seen = new Seen();
    final Gaps gaps = new Gaps();
    final Clock clock = new Clock();
}
