using Loa.Devices.Data;
using Loa.Kernel;
using Loa.Vietnamese;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Registry;

/// <summary>Gives each speaker that was registered before names had an order its place in the list.</summary>
static class NameKeys
{
    public static readonly MigrationStep Step = MigrationStep.On<DevicesDb>("Devices/name-keys", Fill);

    static async Task Fill(DevicesDb db, CancellationToken cancel)
    {
        await foreach (var speaker in db.Speakers.AsAsyncEnumerable().WithCancellation(cancel))
            speaker.NameKey = SortKey.Of(speaker.Name);
        await db.SaveChangesAsync(cancel);
    }
}
