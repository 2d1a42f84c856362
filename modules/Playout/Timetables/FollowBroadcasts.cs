using Loa.Contracts.Broadcasting;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.Timetables;

/// <summary>What is planned changed somewhere: the speakers there get new timetables, one for all that changed.</summary>
sealed class FollowBroadcasts(PlayoutDb db, IUnits units, MakeTimetables make) : IHearTogether<TimetableChanged>
{
    // Heard twice it finds the same items and makes no new version.
    public Task Hear(TimetableChanged news, Guid key, CancellationToken cancel) => Hear([news], cancel);

    public async Task Hear(IReadOnlyList<TimetableChanged> news, CancellationToken cancel)
    {
        var tree = await units.Today(cancel);
        var speakers = await db.Enrolled()
            .Inside(tree, news.SelectMany(n => n.Units).ToHashSet())
            .Select(s => s.Id)
            .ToListAsync(cancel);
        await make.For(speakers, cancel);
    }
}
