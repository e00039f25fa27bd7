package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Content;
import dustwarden.core.Taken;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import java.util.List;

/**
 * Entries in order with all decisions that they caused, as one step of a view.
 *
 * @param decisions all of them in order
 * @param next where the view stands after it
 */
public record LogBatch(List<Step> steps, List<Decided> decisions, Cursor next) {
    public LogBatch {
        steps = List.copyOf(steps);
        decisions = List.copyOf(decisions);
    }

    /**
     * One entry with what the core took from it.
     *
     * @param content in force after it
     */
    public record Step(StoredEntry entry, List<Taken> taken, Content content) {
        public Step {
            taken = List.copyOf(taken);
        }

        /** When it was received, epoch ms. */
        public long received() {
            return entry.entry().received();
        }
    }

    /** A stored decision; its JSON is read when asked for and not kept, since a batch may have very many. */
    public record Decided(StoredDecision stored) {
        public JsonNode json() {
            return Json.parse(stored.json());
        }

        public long number() {
            return stored.number();
        }

        public long at() {
            return stored.at();
        }

        /** The site that it concerns; empty text where none is known. */
        public String site() {
            return stored.site().orElse("");
        }

        public boolean is(String type) {
            return stored.type().equals(type);
        }
    }

    /** Received time of the last entry, epoch ms. */
    public long received() {
        return steps.get(steps.size() - 1).received();
    }
}
