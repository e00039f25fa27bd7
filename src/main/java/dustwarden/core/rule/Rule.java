package dustwarden.core.rule;

/** One rule of a rulebook; its kind is code, all else is data. */
public sealed interface Rule permits UnitsRule, PassagesRule, DutyRule, LimitRule, BanRule {
    RuleHead head();

    /** Calls the one method of the visitor that fits the rule's kind. */
    <T> T accept(Visitor<T> visitor);

    /** One method a kind, so that a new kind breaks every undecided place at compile time. */
    interface Visitor<T> {
        T units(UnitsRule rule);

        T passages(PassagesRule rule);

        T duty(DutyRule rule);

        T limit(LimitRule rule);

        T ban(BanRule rule);
    }
}
