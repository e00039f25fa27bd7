package dustwarden.core;

import dustwarden.core.judge.Judgement;
import dustwarden.core.judge.SiteFacts;
import dustwarden.core.model.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Says what rules and, taken together, their items read. */
final class ItemRound {
    private ItemRound() {}

    /**
     * Takes the verdicts of rules together to those of their items, and says the items that read otherwise.
     *
     * @param touched items of which a rule reads otherwise
     */
    static void combine(SiteState state, Site site, List<RuleMonitor> watching, Set<String> touched, long now, long offset,
            Consumer<Decision> out) {
        List<String> order = new ArrayList<>(ItemMonitor.ALWAYS);
        state.items.keySet().stream().filter(item -> !order.contains(item)).forEach(order::add);
        for (String name : order) {
            ItemMonitor item = state.items.get(name);
            if (item == null || !touched.contains(name)) {
                continue;
            }
            List<RuleMonitor> rules = watching.stream()
                    .filter(r -> !r.bound().shadow() && r.head().item().equals(name))
                    .toList();
            if (item.combine(rules, now)) {
                Judgement j = item.last();
                out.accept(new Decision.Verdict(now, offset, site.id(), name, Optional.empty(), Optional.empty(), Optional.empty(),
                        j.from().orElse(item.since()), j.to(), j.state(), j.low(), j.high(), j.capture(), j.reasons(), j.proof(),
                        Optional.empty(), false, item.explained(rules, state.facts, now), false, Optional.empty(), Optional.empty()));
            }
        }
    }

    /** What a rule says of a site, with what its figures rest on. */
    static Decision.Verdict ofRule(RuleMonitor rule, Judgement j, long from, SiteFacts facts, long now, long offset, boolean isFinal,
            Optional<String> id, Optional<String> supersedes) {
        return new Decision.Verdict(now, offset, facts.site().id(), rule.head().item(), Optional.of(rule.head().id()),
                Optional.of(rule.bound().rulebook().id()), Optional.of(rule.bound().rulebook().hash()), from, j.to(), j.state(),
                j.low(), j.high(), j.capture(), j.reasons(), j.proof(), Optional.of(rule.cited()), rule.bound().shadow(),
                rule.judge().explain(facts, from, now), isFinal, id, supersedes);
    }
}
