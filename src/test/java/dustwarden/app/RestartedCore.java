package dustwarden.app;

import dustwarden.core.Content;
import dustwarden.core.Core;
import dustwarden.core.Decision;
import dustwarden.core.DecisionJson;
import dustwarden.core.Entry;
import dustwarden.ledger.StateCodec;
import dustwarden.settings.Contents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A core that is stored and read again in mid-history. */
final class RestartedCore {
    private RestartedCore() {}

    /**
     * All that is decided, as JSON lines.
     *
     * @param start when its content is put in force, epoch ms
     * @param restartEvery entries after which the core is stored and read again; 0: never
     */
    static List<String> run(Contents contents, Content content, long start, List<Entry> entries, int restartEvery) {
        Core core = new Core(refs -> content);
        core.prepare(contents.refs(), start);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (restartEvery > 0 && i > 0 && i % restartEvery == 0) {
                core = again(core, content, i - 1);
            }
            for (Decision decision : core.step(i, entries.get(i))) {
                said.add(DecisionJson.write(decision, core.zoneOf(decision)));
            }
        }
        return said;
    }

    /** Another core with the states of this one, as they are read from what was stored after an entry. */
    static Core again(Core core, Content content, long entry) {
        StateCodec codec = new StateCodec();
        Map<String, Object> states = new TreeMap<>();
        core.states().forEach((key, state) -> states.put(key, codec.read(codec.write(state))));
        Core restored = new Core(refs -> content);
        restored.restore(states, core.now(), entry);
        return restored;
    }
}
