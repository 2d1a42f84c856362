using System.Linq.Expressions;
using Loa.Contracts.Devices;
using Loa.Contracts.Notices;
using Loa.Devices.Registry;

namespace Loa.Devices.Health;

/// <summary>What technicians learn of speakers: that some cannot be reached, that some sound and are not heard or refuse.</summary>
static class SilenceNotices
{
    // A line that is lost for a moment wakes nobody.
    static readonly TimeSpan Passing = TimeSpan.FromMinutes(2);

    public static readonly NoticeKind Offline = new(
        "speakers-offline",
        DevicesRights.ClaimSpeakers,
        MustAct: true,
        "wifi-off"
    )
    {
        Patience = Passing,
    };

    public static readonly NoticeKind Trouble = new(
        "speakers-trouble",
        DevicesRights.ClaimSpeakers,
        MustAct: true,
        "alert-triangle"
    )
    {
        Patience = Passing,
    };

    /// <summary>Each kind with the speakers it counts and the list that shows them.</summary>
    public static readonly IReadOnlyList<(NoticeKind Kind, Expression<Func<Speaker, bool>> Counts, string Show)> All =
    [
        (Offline, s => s.State == SpeakerStates.Enrolled && s.Presence == Presence.Offline, "offline"),
        (
            Trouble,
            s =>
                s.State == SpeakerStates.Enrolled
                && s.Presence == Presence.Online
                && (s.RefusedReason != null || (s.Alarms & Alarms.MustAct) != Alarms.None),
            "trouble"
        ),
    ];
}
