package dustwarden.core;

import dustwarden.core.judge.Step;
import dustwarden.core.model.Site;
import java.util.List;

/** The arithmetic of a rule's verdict at a site, out of a core that has stepped what bears on it. */
public final class SiteSteps {
    private SiteSteps() {}

    /**
     * Line by line; empty where the core knows no such site or rule.
     *
     * @param at epoch ms, no later than the core's time
     */
    public static List<Step> of(Core core, Site site, String rule, long at) {
        if (!(core.states().get("site/" + site.id()) instanceof SiteState state)) {
            return List.of();
        }
        return core.content().rulesOf(site).stream()
                .filter(bound -> bound.rule().head().id().equals(rule))
                .findFirst()
                .map(bound -> bound.judge().steps(state.facts, at))
                .orElse(List.of());
    }
}
