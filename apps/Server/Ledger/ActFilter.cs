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

    /// <summary>Those of before this moment only.</summary>
    public ActFilter EndingBefore(DateTimeOffset? moment) =>
        moment is null || Before < moment ? this : this with { Before = moment };

    // The server acts under a name, too.
    static async Task<IReadOnlyList<Guid>> Named(string name, IOfficers officers, CancellationToken cancel)
    {
        var found = await officers.Named(name, cancel);
        return SearchTerms.Of(name).AreIn(Actor.Server.Name) ? [.. found, Guid.Empty] : found;
    }
}
