package dustwarden.intake;

import dustwarden.intake.MqttSource.Version;

/** Which MQTT to try next: 5, unless the broker refused it or twice would not answer it. */
final class VersionChoice {
    private static final int SILENCES = 2;

    private final Version wanted;
    private boolean refused;
    private int silences;

    VersionChoice(Version wanted) {
        this.wanted = wanted;
    }

    Version next() {
        if (wanted != Version.AUTO) {
            return wanted;
        }
        return refused || silences >= SILENCES ? Version.V3 : Version.V5;
    }

    void opened() {
        silences = 0;
    }

    /** Says whether another version is worth trying at once. */
    boolean failed(Version tried, MqttTrouble.Kind kind) {
        if (wanted != Version.AUTO) {
            return false;
        }
        if (tried == Version.V5 && kind == MqttTrouble.Kind.VERSION) {
            refused = true;
            return true;
        }
        boolean silent = kind == MqttTrouble.Kind.HANDSHAKE;
        if (tried == Version.V5) {
            silences = silent ? silences + 1 : 0;
            return silences >= SILENCES;
        }
        if (silent || kind == MqttTrouble.Kind.VERSION) {
            refused = false;
            silences = 0;
        }
        return false;
    }
}
