package dustwarden.core;

import dustwarden.core.alarm.Waiver;
import dustwarden.core.judge.Outage;
import dustwarden.core.judge.WorkFace;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a person filed, as it stands.
 *
 * @param state {@code filed}, {@code approved} or {@code ended}
 * @param about the alarm or final verdict that an objection concerns
 * @param from epoch ms
 * @param to epoch ms, exclusive
 */
public record Filing(
        String id,
        Kind kind,
        String state,
        Optional<String> device,
        Optional<String> rule,
        Optional<String> unit,
        Optional<String> about,
        Optional<String> reason,
        OptionalLong from,
        OptionalLong to,
        String person,
        String text,
        List<String> pictures,
        Optional<String> approvedBy) {
    /** What may be filed. */
    public enum Kind {
        OUTAGE,
        WORK_FACE,
        WAIVER,
        OBJECTION;

        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Filing {
        pictures = List.copyOf(pictures);
    }

    static Filing of(String id, Outage outage) {
        return new Filing(id, Kind.OUTAGE, "filed", Optional.of(outage.device()), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), OptionalLong.of(outage.from()), OptionalLong.of(outage.to()), outage.person(), outage.text(),
                List.of(), Optional.empty());
    }

    static Filing of(String id, WorkFace face) {
        return new Filing(id, Kind.WORK_FACE, "filed", Optional.empty(), Optional.empty(), Optional.of(face.unit()), Optional.empty(),
                Optional.empty(), OptionalLong.of(face.from()), OptionalLong.of(face.to()), face.person(), face.text(), List.of(),
                Optional.empty());
    }

    static Filing of(Waiver w, String state) {
        return new Filing(w.id(), Kind.WAIVER, state, w.scope().device(), w.scope().rule(), w.scope().unit(), Optional.empty(),
                Optional.of(w.reason()), OptionalLong.of(w.from()), OptionalLong.of(w.to()), w.filedBy(), w.text(), List.of(),
                w.approvedBy());
    }

    static Filing objection(String id, String about, String person, String text, List<String> pictures) {
        return new Filing(id, Kind.OBJECTION, "filed", Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(about),
                Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), person, text, pictures, Optional.empty());
    }
}
