package dustwarden.core.alarm;

import java.util.Optional;

/**
 * The states of an alarm after ISA-18.2 / IEC 62682. Each has its ways out as methods, so that a step which the standard does
 * not know cannot be written.
 *
 * <p>Shelved, suppressed and out of service lie over a state that comes back when they end. Nothing leads to a state of being
 * deleted: an alarm ends closed.
 */
public sealed interface AlarmState {
    /** As in every decision. */
    String word();

    /** Where a person's act leads; empty where it may not be done in this state. */
    Optional<AlarmState> after(AlarmAct act);

    /** What it ends as without anybody's doing; empty where somebody or the data must do something first. */
    default Optional<Closed> settled() {
        return Optional.empty();
    }

    /** The rule behind it no longer binds the site. */
    default Closed withdrawn() {
        return new Closed();
    }

    private static Optional<AlarmState> beside(AlarmAct act, AlarmState same) {
        return switch (act.kind()) {
            case COMMENT, OBJECT -> Optional.of(same);
            default -> Optional.empty();
        };
    }

    /** Broken as far as the data know. */
    sealed interface Up extends AlarmState {
        /** The data show it in order. */
        Returned giveBack();
    }

    /** Broken, with nothing that lies over it. */
    sealed interface Open extends Up {
        /** Whether somebody has seen it and takes it. */
        boolean acknowledged();

        Optional<Open> acknowledge();

        Optional<Rectified> rectify(String by);

        /** Set aside by a person until an instant, epoch ms. */
        default Shelved shelve(long until) {
            return new Shelved(this, until);
        }

        /** Kept quiet by design; {@code by} says what for. */
        default Suppressed suppress(String by) {
            return new Suppressed(this, by);
        }

        /** Kept quiet by a waiver. */
        default OutOfService takeOut(String waiver) {
            return new OutOfService(this, waiver);
        }

        @Override
        default Optional<AlarmState> after(AlarmAct act) {
            return switch (act.kind()) {
                case ACKNOWLEDGE -> acknowledge().map(open -> open);
                case RECTIFY -> rectify(act.person()).map(open -> open);
                case SHELVE -> act.until().isPresent() ? Optional.of(shelve(act.until().getAsLong())) : Optional.empty();
                default -> beside(act, this);
            };
        }
    }

    /** Broken, with something over it that keeps it quiet; judging goes on below. */
    sealed interface Covered extends Up {
        Open under();

        /** What lay over it ended. */
        default Open uncover() {
            return under();
        }

        @Override
        default Returned giveBack() {
            return under().giveBack();
        }
    }

    /** Nobody has seen it yet. */
    record Raised() implements Open {
        @Override
        public String word() {
            return "raised";
        }

        @Override
        public boolean acknowledged() {
            return false;
        }

        @Override
        public Optional<Open> acknowledge() {
            return Optional.of(new Acknowledged());
        }

        @Override
        public Optional<Rectified> rectify(String by) {
            return Optional.of(new Rectified(false, by));
        }

        @Override
        public Returned giveBack() {
            return new Returned(false, "");
        }
    }

    /** Somebody has seen it and takes it. */
    record Acknowledged() implements Open {
        @Override
        public String word() {
            return "acknowledged";
        }

        @Override
        public boolean acknowledged() {
            return true;
        }

        @Override
        public Optional<Open> acknowledge() {
            return Optional.empty();
        }

        @Override
        public Optional<Rectified> rectify(String by) {
            return Optional.of(new Rectified(true, by));
        }

        @Override
        public Returned giveBack() {
            return new Returned(true, "");
        }
    }

    /** Mended by a person's word, not yet seen in the data; {@code by} is empty where a report says so. */
    record Rectified(boolean acknowledged, String by) implements Open {
        @Override
        public String word() {
            return "rectified";
        }

        @Override
        public Optional<Open> acknowledge() {
            return acknowledged ? Optional.empty() : Optional.of(new Rectified(true, by));
        }

        @Override
        public Optional<Rectified> rectify(String again) {
            return Optional.empty();
        }

        @Override
        public Returned giveBack() {
            return new Returned(acknowledged, by);
        }
    }

    /** Set aside by a person; always ends by itself. */
    record Shelved(Open under, long until) implements Covered {
        @Override
        public String word() {
            return "shelved";
        }

        @Override
        public Optional<AlarmState> after(AlarmAct act) {
            return act.kind() == AlarmAct.Kind.UNSHELVE ? Optional.of(uncover()) : beside(act, this);
        }
    }

    /** Quiet by design: the site is closed, or a larger alarm speaks for it. */
    record Suppressed(Open under, String by) implements Covered {
        @Override
        public String word() {
            return "suppressed";
        }

        @Override
        public Optional<AlarmState> after(AlarmAct act) {
            return switch (act.kind()) {
                case ACKNOWLEDGE -> under.acknowledge().map(open -> new Suppressed(open, by));
                case RECTIFY -> under.rectify(act.person()).map(open -> new Suppressed(open, by));
                default -> beside(act, this);
            };
        }
    }

    /** Quiet by a waiver that two people signed. */
    record OutOfService(Open under, String waiver) implements Covered {
        @Override
        public String word() {
            return "out-of-service";
        }

        @Override
        public Optional<AlarmState> after(AlarmAct act) {
            return switch (act.kind()) {
                case ACKNOWLEDGE -> under.acknowledge().map(open -> new OutOfService(open, waiver));
                case RECTIFY -> under.rectify(act.person()).map(open -> new OutOfService(open, waiver));
                default -> beside(act, this);
            };
        }
    }

    /** In order by the data; ends when it is acknowledged, or verified. */
    record Returned(boolean acknowledged, String rectifiedBy) implements AlarmState {
        @Override
        public String word() {
            return "returned";
        }

        public Verified verify() {
            return new Verified();
        }

        public Raised raiseAgain() {
            return new Raised();
        }

        @Override
        public Optional<Closed> settled() {
            return acknowledged ? Optional.of(new Closed()) : Optional.empty();
        }

        @Override
        public Optional<AlarmState> after(AlarmAct act) {
            return switch (act.kind()) {
                case ACKNOWLEDGE -> Optional.of(new Returned(true, rectifiedBy));
                case VERIFY -> Optional.of(verify());
                default -> beside(act, this);
            };
        }
    }

    /** Its mending was checked by another person than who mended it, or by the data. */
    record Verified() implements AlarmState {
        @Override
        public String word() {
            return "verified";
        }

        @Override
        public Optional<Closed> settled() {
            return Optional.of(new Closed());
        }

        @Override
        public Optional<AlarmState> after(AlarmAct act) {
            return beside(act, this);
        }
    }

    /** Over; it stays in the record. */
    record Closed() implements AlarmState {
        @Override
        public String word() {
            return "closed";
        }

        @Override
        public Optional<AlarmState> after(AlarmAct act) {
            return Optional.empty();
        }
    }
}
