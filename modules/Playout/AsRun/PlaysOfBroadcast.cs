using Loa.Contracts.Devices;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.AsRun;

/// <summary>The plays of one broadcast, of all speakers or of those in some units.</summary>
/// <param name="Units">Null for all.</param>
sealed record PlaysOfBroadcast(PlayoutDb Db, Guid Broadcast, Guid[]? Units)
{
    static readonly PlayStage[] every = Enum.GetValues<PlayStage>();

    // Every stage is named: so each speaker of a few is looked up in the index, and no play of the others is passed.
    public IQueryable<Play> All => Units is null ? Whole : At(every);

    public IQueryable<Play> At(PlayStage[] stages)
    {
        var there = Whole.Where(p => stages.Contains(p.Stage));
        if (Units is null)
            return there;
        var speakers = Db.Speakers.Where(s => Units.Contains(s.UnitId)).Select(s => s.Id);
        return there.Where(p => speakers.Contains(p.SpeakerId));
    }

    IQueryable<Play> Whole => Db.Plays.AsNoTracking().Where(p => p.BroadcastId == Broadcast);
}
