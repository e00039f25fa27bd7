package dustwarden.core;

import dustwarden.core.honesty.DoubtKind;
import dustwarden.core.honesty.SiteDoubts;
import dustwarden.core.judge.Reason;
import dustwarden.core.judge.Subject;
import dustwarden.core.judge.Subject.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Tells which monitors' data is doubted, as subjects of an alarm: a data finding, never a violation. */
final class DoubtWatch {
    private DoubtWatch() {}

    static List<Subject> subjects(SiteDoubts doubts) {
        List<Subject> subjects = new ArrayList<>();
        doubts.standing().forEach((device, kinds) -> subjects.add(subject(device, kinds)));
        return subjects;
    }

    private static Subject subject(String device, List<DoubtKind> kinds) {
        List<Reason> reasons = kinds.stream().map(kind -> Reason.of(kind.reason(), "device", device)).toList();
        return new Subject(device, kinds.isEmpty() ? Standing.IN_ORDER : Standing.BROKEN, 0,
                OptionalDouble.empty(), OptionalDouble.empty(), reasons);
    }
}
