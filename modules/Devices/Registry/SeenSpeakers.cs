using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Registry;

/// <summary>All speakers within the sight of whoever asks, counted once for a page however many of its parts show a number.</summary>
sealed class SeenSpeakers(DevicesDb db, Sight sight)
{
    IReadOnlyList<SpeakerGroup>? groups;

    public async ValueTask<IReadOnlyList<SpeakerGroup>> InGroups(CancellationToken cancel) =>
        groups ??= await new SpeakerFilter(null, null)
            .Matching(db.Speakers.AsNoTracking(), sight.Over(DevicesRights.SeeSpeakers))
            .InGroups(cancel);
}
