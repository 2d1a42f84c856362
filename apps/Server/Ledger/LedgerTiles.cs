using Loa.Contracts.Ledger;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Server.Ledger;

/// <summary>On the home page of auditor and administrator: whether the ledger holds, and whether its heads are kept outside.</summary>
sealed class LedgerTiles(ILedgerStates ledger, TimeProvider clock) : IDeskPart
{
    // An hour passes between heads; a mail server may be away for a while.
    static readonly TimeSpan Late = TimeSpan.FromHours(6);

    public async ValueTask Lay(Desk desk, CancellationToken cancel)
    {
        if (!desk.Sight.May(PeopleRights.SeeLedger))
            return;
        var states = await ledger.All(cancel);
        var bad = states.FirstOrDefault(s => s.Fault is not null);
        var waiting = states.Any(s => s.Number > (s.AnchoredNumber ?? 0) && s.SealedAt < clock.Moment() - Late);
        var word =
            bad is not null ? "broken"
            : !ledger.IsAnchored ? "nowhere"
            : waiting ? "waiting"
            : "good";
        var newest = states.Max(s => s.SealedAt);
        desk.Verbs.Add(new(Words.Get("ledger.open"), "/ledger", "list", 60));
        desk.Numbers.Add(
            new(
                Words.Get("home.ledger"),
                Words.Get("home.ledger." + word),
                bad?.Fault ?? (newest is { } at ? Words.Get("home.ledger.sealed", at.Shown(Precision.Minute)) : null),
                "/ledger",
                NeedsAction: bad is not null || (word != "good" && desk.Sight.May(TrustRights.ManageTrust)),
                Order: 95
            )
        );
    }
}
