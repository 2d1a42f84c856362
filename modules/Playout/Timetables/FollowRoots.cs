using Loa.Contracts.Trust;
using Loa.Kernel;
using Loa.Playout.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Playout.Timetables;

/// <summary>
/// The root was changed: every speaker gets its timetable anew and whole, with what the next root signed for all who vouch for it, so
/// that nothing falls silent when the word of the one before ends.
/// </summary>
sealed class FollowRoots(PlayoutDb db, MakeTimetables make) : IHear<RootChanged>
{
    // Heard twice it makes one more version of the same.
    public async Task Hear(RootChanged news, Guid key, CancellationToken cancel)
    {
        var speakers = await db.Enrolled().Select(s => s.Id).ToListAsync(cancel);
        await make.Anew(speakers, cancel);
    }
}
