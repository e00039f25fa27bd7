package dustwarden.core;

import dustwarden.core.judge.Judgement;
import dustwarden.core.judge.Reason;
import dustwarden.core.judge.SiteFacts;
import dustwarden.core.judge.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeSet;

/** One item of a site's checklist: the worst of its rules now. */
final class ItemMonitor {
    /** The nine items that every checklist lists, in the order in which people read them. */
    static final List<String> ALWAYS = List.of(
            "enclosure", "coverage", "washing", "hardening", "sealed-transport", "wet-work", "video", "particulates",
            "restrictions");

    private final String item;
    private Judgement last;
    private long since;

    ItemMonitor(String item) {
        this.item = item;
    }

    /** For a stored state that is read again: only. */
    @SuppressWarnings("unused")
    private ItemMonitor() {
        this("");
    }

    String item() {
        return item;
    }

    Judgement last() {
        return last;
    }

    long since() {
        return since;
    }

    /** Takes the verdicts of the item's rules together; answers whether a reader would see a change. */
    boolean combine(List<RuleMonitor> rules, long now) {
        Judgement next = worst(rules.stream().map(RuleMonitor::last).toList());
        boolean changed = last == null || !next.saysTheSame(last);
        if (last == null || next.state() != last.state()) {
            since = now;
        }
        last = next;
        return changed;
    }

    /** What explains its verdict: that of its first rule that is as bad as the item. */
    Optional<SortedMap<String, Object>> explained(List<RuleMonitor> rules, SiteFacts facts, long now) {
        return rules.stream()
                .filter(rule -> rule.last().state() == last.state())
                .findFirst()
                .flatMap(rule -> rule.judge().explain(facts, rule.last().from().orElse(now), now));
    }

    private Judgement worst(List<Judgement> judgements) {
        if (judgements.isEmpty()) {
            return Judgement.notApplicable(Reason.of(item.equals("particulates") ? "no-limit" : "no-rule"));
        }
        State state = judgements.stream().map(Judgement::state).reduce(State.NOT_APPLICABLE, State::worst);
        double low = 1;
        double high = 1;
        double capture = 1;
        TreeSet<Reason> reasons = new TreeSet<>();
        List<Long> proof = new ArrayList<>();
        OptionalLong from = OptionalLong.empty();
        OptionalLong to = OptionalLong.empty();
        for (Judgement j : judgements) {
            if (j.state() == State.NOT_APPLICABLE && state != State.NOT_APPLICABLE) {
                continue;
            }
            low = Math.min(low, j.low());
            high = Math.min(high, j.high());
            capture = Math.min(capture, j.capture());
            if (j.from().isPresent()) {
                from = j.from();
                to = j.to();
            }
            if (j.state() == state) {
                reasons.addAll(j.reasons());
                proof.addAll(j.proof());
            }
        }
        return new Judgement(state, low, Math.max(low, high), capture, List.copyOf(reasons), Judgement.proofOf(proof), from, to,
                List.of(), Long.MAX_VALUE);
    }
}
