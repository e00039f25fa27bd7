package dustwarden.app.node;

import dustwarden.core.Content;
import dustwarden.core.decode.Hj212Answer.Standing;
import dustwarden.core.decode.Hj212Seal;
import dustwarden.core.model.Device;
import dustwarden.core.model.Register;
import dustwarden.intake.Hj212Ask;
import dustwarden.intake.Hj212Intake;
import dustwarden.intake.Hj212Listener;
import dustwarden.intake.Hj212Register;
import dustwarden.intake.Inbox;
import dustwarden.series.SeriesStore;
import dustwarden.settings.Settings;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The register in force as the HJ 212 server asks it: who has an MN, and since when it is silent. */
final class KnownSenders implements Hj212Register {
    private final Supplier<Content> content;
    private final SeriesStore store;

    KnownSenders(Supplier<Content> content, SeriesStore store) {
        this.content = content;
        this.store = store;
    }

    /** The HJ 212 server that the settings describe. */
    Hj212Intake intake(Node.Plan plan, Inbox inbox) {
        Settings.Hj212 settings = plan.settings().hj212();
        Settings.Ask ask = settings.ask();
        return new Hj212Intake(
                Hj212Listener.on(settings.listener().host(), settings.listener().port()),
                new Hj212Seal(plan.ledger().secret("hj212")),
                inbox,
                this,
                new Hj212Ask(ask.clock(), ask.realtime(), ask.minute(), ask.history(), ask.timeout(), ask.resends()),
                plan.clock());
    }

    @Override
    public Standing standing(String mn, String passwordHash) {
        Optional<Device> device = device(mn);
        if (device.isEmpty()) {
            return Standing.UNKNOWN_MN;
        }
        Optional<String> wanted = device.get().hj212().flatMap(Device.Hj212::passwordHash);
        return wanted.isPresent() && !wanted.get().equals(passwordHash) ? Standing.BAD_PASSWORD : Standing.KNOWN;
    }

    @Override
    public long silenceMs(String mn) {
        return device(mn).map(Device::validityMs).orElse(Long.MAX_VALUE);
    }

    @Override
    public OptionalLong lastHeard(String mn) {
        Optional<Register.DeviceKey> key = content.get().register().byMn(mn);
        return key.isEmpty() ? OptionalLong.empty() : store.lastHeard(key.get().site(), key.get().device());
    }

    private Optional<Device> device(String mn) {
        Register register = content.get().register();
        return register.byMn(mn).flatMap(key -> register.site(key.site()).flatMap(site -> site.device(key.device())));
    }
}
