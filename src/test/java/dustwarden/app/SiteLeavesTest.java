package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.ContentReader;
import dustwarden.core.Core;
import dustwarden.core.Decision;
import dustwarden.core.Entry;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site is taken out of the register while an alarm of it is open. */
class SiteLeavesTest {
    private static final long START = 1_773_450_000_000L;

    @TempDir
    private Path register;

    private Contents read() {
        return ContentLoader.load(ContentSources.of(register, Optional.empty()), FrameSeal.forOneRun()::passwordHash)
                .value().orElseThrow();
    }

    private void site(String id) throws IOException {
        Files.writeString(register.resolve(id + ".yaml"), """
                site: %s
                name: {zh: 工地, en: site}
                region: "410000/410700"
                rulebook: henan-seven
                gates: [{id: gate-a}]
                devices: [{id: wash-a, kind: gate, gate: gate-a, every: PT10M}]
                """.formatted(id));
    }

    @Test
    void itsOpenAlarmClosesByName() throws IOException {
        site("stays");
        site("leaves");
        Contents before = read();
        Files.delete(register.resolve("leaves.yaml"));
        Contents after = read();
        Map<String, String> byHash = new HashMap<>(before.byHash());
        byHash.putAll(after.byHash());
        Core core = new Core(new ContentReader(byHash::get));
        core.prepare(before.refs(), START);
        String truck = "{\"ts\":" + START + ",\"id\":\"t1\",\"direction\":\"out\",\"wash\":{\"wheels\":\"dirty\"}}";
        List<Decision.Alarm> raised = alarms(core.step(0, new Entry.Message(START + 1_000, Entry.Source.MQTT,
                "dust/v1/leaves/wash-a/passage", truck.getBytes(StandardCharsets.UTF_8), false, Optional.empty())));
        assertEquals(1, raised.size());

        List<Decision.Alarm> left = alarms(core.step(1, new Entry.Changed(START + 5_000, after.refs())));

        assertEquals(1, left.size());
        assertEquals(raised.get(0).is().id(), left.get(0).is().id());
        assertEquals("closed", left.get(0).is().transition());
        assertTrue(left.get(0).toString().contains("rule-withdrawn"), left.toString());
        assertEquals(List.of(), alarms(core.runUntil(START + 86_400_000L)).stream()
                .filter(a -> a.concerns().equals(Optional.of("leaves"))).toList());
    }

    private static List<Decision.Alarm> alarms(List<Decision> decisions) {
        return decisions.stream().filter(Decision.Alarm.class::isInstance).map(Decision.Alarm.class::cast).toList();
    }
}
