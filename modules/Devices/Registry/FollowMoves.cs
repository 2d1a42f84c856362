using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Registry;

/// <summary>A speaker was taken elsewhere: it is told so before it is told what to play there.</summary>
/// <remarks>Heard twice, it finds that the speaker knows.</remarks>
sealed class FollowMoves(DevicesDb db, PlacementSync placements) : IHear<SpeakerMoved>
{
    public async Task Hear(SpeakerMoved news, Guid key, CancellationToken cancel)
    {
        var speaker = await db.Speakers.AsNoTracking().FirstAsync(s => s.Id == news.SpeakerId, cancel);
        if (speaker.Kid is not null)
            await placements.Bring([speaker.Held()], cancel);
    }
}
