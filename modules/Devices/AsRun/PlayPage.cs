using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.AsRun;

/// <summary>
/// A page of a broadcast's speakers: those who need attention first, then by name. Whole groups before the page are passed by
/// their count, and only the speakers that are shown are joined.
/// </summary>
sealed class PlayPage(DevicesDb db, Guid broadcast)
{
    // A group up to this is sorted by name; of a larger one names are walked in their order until the page is full, and of any
    // near its ends, where few of all names are passed.
    const int Sortable = 5_000;
    const int NearEnds = 20;

    static readonly PlayStage[][] order =
    [
        [PlayStage.Refused],
        [PlayStage.Failed],
        [PlayStage.Silent],
        [PlayStage.Waiting],
        [PlayStage.Delivered, PlayStage.Verified, PlayStage.Playing, PlayStage.Heard],
    ];

    public async Task<IReadOnlyList<SpeakerPlay>> Read(PlayTally tally, int skip, int take, CancellationToken cancel)
    {
        var page = new List<SpeakerPlay>();
        foreach (var stages in order)
        {
            var count = stages.Sum(tally.At);
            var mine = Math.Min(take - page.Count, count - skip);
            if (mine > 0)
                page.AddRange(await Part(stages, count, skip, mine, cancel));
            skip = Math.Max(0, skip - count);
        }
        return page;
    }

    async Task<IEnumerable<SpeakerPlay>> Part(
        PlayStage[] stages,
        int count,
        int skip,
        int take,
        CancellationToken cancel
    )
    {
        var stretch = PageStretch.Of(skip, take, count);
        var isNearEnd = (stretch.Skip + stretch.Take) * NearEnds <= count;
        var listed = count > Sortable || isNearEnd ? Walked(stages) : Joined(stages);
        var sorted = stretch.FromEnd
            ? listed.OrderByDescending(s => s.NameKey).ThenByDescending(s => s.Id)
            : listed.OrderBy(s => s.NameKey).ThenBy(s => s.Id);
        var ids = stretch.Turned(
            await sorted.Select(s => s.Id).Skip(stretch.Skip).Take(stretch.Take).ToListAsync(cancel)
        );
        var plays = await Plays(stages)
            .Where(p => ids.Contains(p.SpeakerId))
            .Join(
                db.Speakers.AsNoTracking(),
                p => p.SpeakerId,
                s => s.Id,
                (p, s) =>
                    new SpeakerPlay(s.Id, s.Name, s.UnitId, s.Presence == Presence.Online, p.Stage, p.Reason, p.At)
            )
            .ToListAsync(cancel);
        // One row for a speaker, though it may tell of one broadcast twice; none for one that has just gone on to another stage.
        var of = plays.ToLookup(p => p.SpeakerId);
        return ids.SelectMany(id => of[id].Take(1));
    }

    // Not whether there is any: PostgreSQL would join all of them first.
    IQueryable<Speaker> Walked(PlayStage[] stages)
    {
        var plays = db.Plays;
        return db
            .Speakers.AsNoTracking()
            .Where(s =>
                plays
                    .Where(p => p.BroadcastId == broadcast && stages.Contains(p.Stage) && p.SpeakerId == s.Id)
                    .Select(p => (Guid?)p.SpeakerId)
                    .FirstOrDefault() != null
            );
    }

    IQueryable<Speaker> Joined(PlayStage[] stages) =>
        Plays(stages)
            .Select(p => p.SpeakerId)
            .Distinct()
            .Join(db.Speakers.AsNoTracking(), id => id, s => s.Id, (_, s) => s);

    IQueryable<Play> Plays(PlayStage[] stages) =>
        db.Plays.AsNoTracking().Where(p => p.BroadcastId == broadcast && stages.Contains(p.Stage));
}
