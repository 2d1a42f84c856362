using Loa.Contracts.Broadcasting;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Timetables;

/// <summary>What is planned changed somewhere: the speakers there get new timetables.</summary>
sealed class FollowBroadcasts(DevicesDb db, IUnits units, MakeTimetables make) : IHear<TimetableChanged>
{
    // Heard twice it finds the same items and makes no new version.
    public async Task Hear(TimetableChanged news, Guid key, CancellationToken cancel)
    {
        var tree = await units.Today(cancel);
        var speakers = await db
            .Speakers.AsNoTracking()
            .Where(s => s.State == SpeakerStates.Enrolled)
            .Inside(tree, news.Units)
            .Select(s => s.Id)
            .ToListAsync(cancel);
        await make.For(speakers, cancel);
    }
}
