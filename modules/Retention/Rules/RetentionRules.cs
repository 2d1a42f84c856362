using Loa.Cases;
using Loa.Contracts.Retention;
using Loa.Kernel;
using Loa.Retention.Data;

namespace Loa.Retention.Rules;

/// <summary>A kind's rule as it is in force.</summary>
/// <param name="Made">Who made it and why; null while it is the project's own.</param>
sealed record RuleInForce(RetentionRule Rule, Case? Made);

/// <summary>Which rule is in force for a kind: the one that somebody made, or the project's own.</summary>
sealed class RetentionRules(RetentionDb db, IEnumerable<IKeptKind> kinds)
{
    public IKeptKind Find(string name) =>
        kinds.FirstOrDefault(k => k.Name == name) ?? throw new MissingException("retention");

    public async Task<RuleInForce> Of(IKeptKind kind, CancellationToken cancel)
    {
        var made = await db.Find(RetentionRuleProcedure.Definition, RetentionRuleProcedure.CaseOf(kind.Name), cancel);
        return made is null ? new(kind.Usual, null) : new(RetentionRuleProcedure.Of(made), made);
    }

    /// <summary>What is older than this is old by the rule now. Packs and files hold whole months: a few large ones.</summary>
    public static DateTimeOffset Before(RetentionRule rule, DateTimeOffset now)
    {
        var before = now.AddDays(-rule.Days);
        if (rule.Then is not (OldAge.Pack or OldAge.Archive))
            return before;
        var day = VietnamTime.DayOf(before);
        return VietnamTime.StartOf(day.AddDays(1 - day.Day));
    }

    public Task<LatestActs> History(Case made, CancellationToken cancel) => db.LatestActs(made, cancel);
}
