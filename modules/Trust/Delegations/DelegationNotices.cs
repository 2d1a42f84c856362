using Loa.Cases;
using Loa.Contracts.Notices;
using Loa.Contracts.Trust;

namespace Loa.Trust.Delegations;

/// <summary>What people learn of signing keys: administrators that one is asked for, lost or taken back, its holder what became of it.</summary>
static class DelegationNotices
{
    public const string Expiring = "key-expiring";
    public const string Expired = "key-expired";
    const string Lost = "key-lost";
    const string TakenBack = "key-taken-back";

    public static readonly IReadOnlyList<NoticeKind> Kinds =
    [
        new("key-asked", TrustRights.ManageTrust, MustAct: true, "shield-check"),
        new(Lost, TrustRights.ManageTrust, MustAct: true, "alert-triangle"),
        new(TakenBack, TrustRights.ManageTrust, Icon: "key"),
        new("key-granted", TrustRights.HoldKey, Icon: "key"),
        new("key-declined", TrustRights.HoldKey, Icon: "circle-x"),
        new("key-revoked", TrustRights.HoldKey, Icon: "alert-triangle"),
        new(Expiring, TrustRights.HoldKey, MustAct: true, "key"),
        new(Expired, TrustRights.HoldKey, MustAct: true, "alert-triangle"),
    ];

    /// <summary>The effect of every move but the change of a root, which changes nothing for a holder.</summary>
    public static Task Tell(CaseDb db, Case after, Act act, CancellationToken cancel)
    {
        Guid? holder = Guid.TryParse(after.Text("officer"), out var officer) ? officer : null;
        if (act.Move == DelegationProcedure.Ask)
            db.Announce(Of("key-asked", "/trust"));
        else if (act.Move == DelegationProcedure.GiveUp)
            db.Announce(Of(Lost, "/trust"));
        else
            db.Announce(
                holder is null
                    ? Of(NoticeRaised.Settled, "/trust")
                    : Of($"key-{after.State}", "/keys") with
                    {
                        OnlyFor = holder,
                    }
            );
        if (act.Move == DelegationProcedure.Revoke)
            db.Announce(Of(TakenBack, "/trust"));
        return Task.CompletedTask;

        NoticeRaised Of(string kind, string link) =>
            new(kind, after.Id, after.UnitId, link, after.Text("holder"), act.At)
            {
                ByOfficer = act.OfficerId,
                By = act.By,
            };
    }
}
