package dustwarden.app;

import dustwarden.core.decode.Decoded;
import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.decode.Hj212Decoder;
import dustwarden.core.decode.Hj212Frame;
import dustwarden.core.decode.Hj212Parts;
import dustwarden.core.model.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answers to a file of HJ 212 frames, one each: sub-packets are put together by MN, and what they say together stands
 * with the one that completes them, or with the last one where some are missing.
 */
final class FrameLines {
    private static final int SENDERS_MAX = 10_000;

    private final List<Decoded> answers = new ArrayList<>();
    private final Map<String, Hj212Parts> parts = new LinkedHashMap<>();
    private final Map<String, Integer> last = new LinkedHashMap<>();

    /** @param frame one line without its line end */
    void add(byte[] frame) {
        Decoded decoded = Hj212Decoder.decodeRaw(frame, false);
        Optional<Hj212Frame> taken = Hj212Answer.parse(frame).frame().filter(f -> f.parts().isPresent());
        if (decoded instanceof Decoded.Accepted && taken.isPresent() && parts.size() < SENDERS_MAX) {
            String mn = taken.get().mn();
            decoded = parts.computeIfAbsent(mn, k -> new Hj212Parts()).take(taken.get(), decoded, 0);
            last.put(mn, answers.size());
        }
        answers.add(decoded);
    }

    List<Decoded> answers() {
        parts.forEach((mn, group) -> {
            List<Observation> rest = group.rest();
            if (!rest.isEmpty()) {
                Decoded.Accepted answer = (Decoded.Accepted) answers.get(last.get(mn));
                List<Observation> all = new ArrayList<>(answer.observations());
                all.addAll(rest);
                answers.set(last.get(mn), new Decoded.Accepted(all, answer.tolerated(), answer.ignored()));
            }
        });
        return answers;
    }
}
