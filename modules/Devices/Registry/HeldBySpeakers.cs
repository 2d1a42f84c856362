using Loa.Contracts.Gateway;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Registry;

/// <summary>Asks which speakers hold what.</summary>
static class HeldBySpeakers
{
    /// <summary>Connected speakers whose state has come: before it nobody knows what they hold.</summary>
    public static IQueryable<Speaker> ThatSaidWhatTheyHold(this IQueryable<Speaker> speakers) =>
        speakers.AsNoTracking().Where(s => s.Presence == Presence.Online && s.TimetableHeld != null);

    public static IQueryable<HeldVersions> AsHeld(this IQueryable<Speaker> speakers) =>
        speakers.Select(s => new HeldVersions(
            s.Id,
            s.TimetableHeld,
            s.PlacementHeld,
            s.RevocationsHeld,
            s.LargestMessage,
            s.RootHeld
        ));

    public static HeldVersions Held(this Speaker speaker) =>
        new(
            speaker.Id,
            speaker.TimetableHeld,
            speaker.PlacementHeld,
            speaker.RevocationsHeld,
            speaker.LargestMessage,
            speaker.RootHeld
        );
}
