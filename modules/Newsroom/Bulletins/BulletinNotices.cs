using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Newsroom;
using Loa.Contracts.Notices;

namespace Loa.Newsroom.Bulletins;

/// <summary>What people learn of a bulletin: leaders that one waits for them, the author what became of his.</summary>
static class BulletinNotices
{
    public const string Played = "bulletin-played";
    public const string Unheard = "bulletin-unheard";
    public const string Stopped = "bulletin-stopped";

    public static readonly IReadOnlyList<NoticeKind> Kinds =
    [
        new("bulletin-submitted", NewsroomRights.ApproveBulletins, MustAct: true, "signature"),
        new("bulletin-returned", NewsroomRights.WriteBulletins, MustAct: true, "arrow-back-up"),
        new("bulletin-approved", NewsroomRights.WriteBulletins, Icon: "circle-check"),
        new("bulletin-withdrawn", NewsroomRights.WriteBulletins, Icon: "circle-x"),
        new(Played, NewsroomRights.WriteBulletins, Icon: "volume"),
        new(Unheard, NewsroomRights.WriteBulletins, Icon: "alert-triangle"),
        new(Stopped, NewsroomRights.WriteBulletins, Icon: "player-stop"),
    ];

    /// <summary>The effect of every move after which somebody else has the bulletin, or nobody.</summary>
    public static Task Tell(CaseDb db, Case after, Act act, CancellationToken cancel)
    {
        var kind = $"bulletin-{after.State}";
        var isKnown = Kinds.Any(k => k.Name == kind);
        db.Announce(
            new NoticeRaised(
                isKnown ? kind : NoticeRaised.Settled,
                after.Id,
                after.UnitId,
                $"{Bulletin.Path}/{after.Id}",
                after.Title,
                act.At
            )
            {
                // Whoever may approve has to; all else is the author's.
                OnlyFor = after.State == BulletinProcedure.Submitted ? null : after.OpenedBy,
                ByOfficer = act.OfficerId,
                By = act.By,
                Urgent = after.Text("class") == AirWord.Of(AirClass.Emergency),
            }
        );
        return Task.CompletedTask;
    }
}
