using Loa.Cases;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Ui;
using Loa.Vietnamese;

namespace Loa.Server.Ledger;

/// <summary>Which acts an auditor looks at: of a part of the ledger, in a period, by some officers, in a unit and below it.</summary>
/// <param name="Makers">Zeros are who is no officer; null is everybody.</param>
/// <param name="Before">The first moment that is too late.</param>
sealed record ActFilter(
    string Part,
    IReadOnlyList<Guid>? Makers,
    IReadOnlyList<Guid>? Units,
    DateTimeOffset? From,
    DateTimeOffset? Before
)
{
    public static async Task<ActFilter> Of(ListView view, Sight sight, IOfficers officers, CancellationToken cancel) =>
        new(
            view.Of(ActList.Part),
            view.Of(ActList.By) is { Length: > 0 } name ? await Named(name, officers, cancel) : null,
            view.UnitsOf(ActList.Unit, sight.Tree),
            view.FromOf(ActList.From),
            view.BeforeOf(ActList.To)
        );

    public IQueryable<Act> Of(IQueryable<Act> acts)
    {
        if (From is { } from)
            acts = acts.Where(a => a.At >= from);
        if (Before is { } before)
            acts = acts.Where(a => a.At < before);
        if (Makers is { } makers)
            acts = acts.Where(a => makers.Contains(a.OfficerId));
        if (Units is { } units)
            acts = acts.Where(a => units.Contains(a.UnitId));
        return acts;
    }

    // The server acts under a name, too.
    static async Task<IReadOnlyList<Guid>> Named(string name, IOfficers officers, CancellationToken cancel)
    {
        var found = await officers.Named(name, cancel);
        return SearchTerms.Of(name).AreIn(Actor.Server.Name) ? [.. found, Guid.Empty] : found;
    }
}
