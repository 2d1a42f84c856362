using Loa.Contracts.Broadcasting;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Timetables;

/// <summary>What is planned changed somewhere: the speakers there get new timetables, one for all that changed.</summary>
sealed class FollowBroadcasts(DevicesDb db, IUnits units, MakeTimetables make) : IHearTogether<TimetableChanged>
{
    // Heard twice it finds the same items and makes no new version.
    public Task Hear(TimetableChanged news, Guid key, CancellationToken cancel) => Hear([news], cancel);

    public async Task Hear(IReadOnlyList<TimetableChanged> news, CancellationToken cancel)
    {
        var tree = await units.Today(cancel);
        var speakers = await db
            .Speakers.AsNoTracking()
            .Where(s => s.State == SpeakerStates.Enrolled)
            .Inside(tree, news.SelectMany(n => n.Units).ToHashSet())
            .Select(s => s.Id)
            .ToListAsync(cancel);
        await make.For(speakers, cancel);
    }
}
