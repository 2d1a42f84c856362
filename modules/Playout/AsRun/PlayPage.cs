using Loa.Contracts.Devices;
using Loa.Kernel;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.AsRun;

/// <summary>
/// A page of a broadcast's speakers: those who need attention first, then by name. Whole groups before the page are passed by
/// their count, and only the speakers that are shown are joined.
/// </summary>
sealed class PlayPage(PlaysOfBroadcast plays)
{
    readonly RowsByName<PlacedSpeaker> byName = new(plays.Db.Speakers);

    static readonly PlayStage[][] order =
    [
        [PlayStage.Refused],
        [PlayStage.Failed],
        [PlayStage.Silent],
        [PlayStage.Cut, PlayStage.Stopped],
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
        var ids = await byName.Ids(plays.At(stages).Select(p => p.SpeakerId), count, skip, take, cancel);
        var found = await plays
            .At(stages)
            .Where(p => ids.Contains(p.SpeakerId))
            .Join(
                plays.Db.Speakers.AsNoTracking(),
                p => p.SpeakerId,
                s => s.Id,
                (p, s) =>
                    new SpeakerPlay(s.Id, s.Name, s.UnitId, s.IsOnline, p.Stage, p.Reason, p.At, p.StartedAt, p.EndedAt)
            )
            .ToDictionaryAsync(p => p.SpeakerId, cancel);
        // None for one that has just gone on to another stage.
        return ids.Where(found.ContainsKey).Select(id => found[id]);
    }
}
