package dustwarden.core.judge;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** The work faces that were declared at a site, in the order in which they were. */
public final class WorkFaces {
    private final List<WorkFace> all = new ArrayList<>();

    public EnumSet<FactKind> declare(WorkFace face) {
        all.add(face);
        return EnumSet.of(FactKind.ACTIVITY);
    }

    /** Those of a zone that have not ended. */
    List<WorkFace> of(String unit, long now) {
        return all.stream().filter(f -> f.unit().equals(unit) && f.to() > now).toList();
    }

    void forgetBefore(long at) {
        all.removeIf(f -> f.to() < at);
    }
}
