using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Timetables;

/// <summary>
/// The root was changed: every speaker gets its timetable anew and whole, with what the next root signed for all who vouch for it, so
/// that nothing falls silent when the word of the one before ends.
/// </summary>
sealed class FollowRoots(DevicesDb db, MakeTimetables make) : IHear<RootChanged>
{
    // Heard twice it makes one more version of the same.
    public async Task Hear(RootChanged news, Guid key, CancellationToken cancel)
    {
        var speakers = await db
            .Speakers.AsNoTracking()
            .Where(s => s.State == SpeakerStates.Enrolled)
            .Select(s => s.Id)
            .ToListAsync(cancel);
        await make.Anew(speakers, cancel);
    }
}
