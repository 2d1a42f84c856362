using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Registry;

/// <summary>The speakers within the sight of whoever asks: one of them, or all, counted once for a page however many of its parts show a number.</summary>
sealed class SeenSpeakers(DevicesDb db, Sight sight)
{
    IReadOnlyList<SpeakerGroup>? groups;

    public async Task<Speaker> One(Guid id, CancellationToken cancel) =>
        await db.Speakers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel) is { } found
        && sight.May(DevicesRights.SeeSpeakers, found.UnitId)
            ? found
            : throw new MissingException("speaker");

    public async ValueTask<IReadOnlyList<SpeakerGroup>> InGroups(CancellationToken cancel) =>
        groups ??= await new SpeakerFilter(null, null)
            .Matching(db.Speakers.AsNoTracking(), sight.Over(DevicesRights.SeeSpeakers))
            .InGroups(cancel);
}
