package dustwarden.core;

import dustwarden.core.judge.BanJudge;
import dustwarden.core.judge.CamerasJudge;
import dustwarden.core.judge.DutyJudge;
import dustwarden.core.judge.LimitJudge;
import dustwarden.core.judge.PassagesJudge;
import dustwarden.core.judge.RuleJudge;
import dustwarden.core.judge.UnitsJudge;
import dustwarden.core.judge.Windows;
import dustwarden.core.model.Register;
import dustwarden.core.model.Site;
import dustwarden.core.rule.BanRule;
import dustwarden.core.rule.DutyRule;
import dustwarden.core.rule.LimitRule;
import dustwarden.core.rule.PassagesRule;
import dustwarden.core.rule.Rule;
import dustwarden.core.rule.Rulebook;
import dustwarden.core.rule.UnitsRule;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All content that judges: the register, the rulebooks and the profiles of devices that speak as their makers made them.
 *
 * @param zone for what concerns no site
 * @param common from when on the trouble of many is one alarm
 */
public record Content(
        Register register, Map<String, Rulebook> rulebooks, Makers makers, ZoneId zone, CommonCause common) {
    public Content {
        rulebooks = Map.copyOf(rulebooks);
    }

    /** Where no device speaks as its maker made it. */
    public Content(Register register, Map<String, Rulebook> rulebooks, ZoneId zone) {
        this(register, rulebooks, Makers.NONE, zone, CommonCause.DEFAULT);
    }

    /**
     * A rule at a site, with its judge.
     *
     * @param shadow it is only tried: its verdicts are marked, make no item and raise no alarm
     */
    record Bound(Rule rule, Rulebook rulebook, RuleJudge judge, boolean shadow) {}

    /** The rules of a site: those that bind it in the order of its rulebooks, then those that are only tried. */
    List<Bound> rulesOf(Site site) {
        List<Bound> found = new ArrayList<>();
        List<BanRule> bans = bansOf(site.rulebooks());
        for (String id : site.rulebooks()) {
            add(site, id, bans, false, found);
        }
        for (String id : site.shadow()) {
            add(site, id, bansOf(List.of(id)), true, found);
        }
        return found;
    }

    private void add(Site site, String id, List<BanRule> bans, boolean shadow, List<Bound> found) {
        Rulebook rulebook = rulebooks.get(id);
        if (rulebook == null) {
            throw new IllegalArgumentException("site " + site.id() + " names the rulebook " + id + ", which is not there");
        }
        for (Rule rule : rulebook.rules()) {
            found.add(new Bound(rule, rulebook, judge(rule, site, bans), shadow));
        }
    }

    private List<BanRule> bansOf(List<String> books) {
        List<BanRule> bans = new ArrayList<>();
        for (String id : books) {
            if (rulebooks.containsKey(id)) {
                rulebooks.get(id).rules().forEach(rule -> {
                    if (rule instanceof BanRule ban) {
                        bans.add(ban);
                    }
                });
            }
        }
        return bans;
    }

    /** The means that the rules of a site use. */
    Set<Windows.Spec> meansOf(Site site) {
        Set<Windows.Spec> specs = new HashSet<>();
        List<String> books = new ArrayList<>(site.rulebooks());
        books.addAll(site.shadow());
        for (String id : books) {
            for (Rule rule : rulebooks.get(id).rules()) {
                if (rule instanceof LimitRule limit) {
                    specs.add(new Windows.Spec(limit.quantity(), limit.periodMs()));
                }
            }
        }
        return specs;
    }

    private static RuleJudge judge(Rule rule, Site site, List<BanRule> bans) {
        return rule.accept(new Rule.Visitor<RuleJudge>() {
            @Override
            public RuleJudge units(UnitsRule r) {
                return r.subject() == UnitsRule.Subject.CAMERA ? new CamerasJudge(r) : new UnitsJudge(r, bans);
            }

            @Override
            public RuleJudge passages(PassagesRule r) {
                return new PassagesJudge(r, site);
            }

            @Override
            public RuleJudge duty(DutyRule r) {
                return new DutyJudge(r, site);
            }

            @Override
            public RuleJudge limit(LimitRule r) {
                return new LimitJudge(r, site);
            }

            @Override
            public RuleJudge ban(BanRule r) {
                return new BanJudge(r, site);
            }
        });
    }

    /** Those of some rules that are about particulates. */
    static List<LimitRule> limits(List<Bound> rules) {
        return rules.stream().map(Bound::rule).filter(LimitRule.class::isInstance).map(LimitRule.class::cast)
                .filter(rule -> rule.head().item().equals("particulates")).toList();
    }
}
