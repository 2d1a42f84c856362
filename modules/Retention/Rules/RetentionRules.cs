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

    public Task<LatestActs> History(Case made, CancellationToken cancel) => db.LatestActs(made, cancel);
}
