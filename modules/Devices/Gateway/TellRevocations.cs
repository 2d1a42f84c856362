using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Gateway;

/// <summary>
/// A key was revoked: every connected speaker hears it at once, the others when they come; speakers that stand on a
/// revoked key are shown out.
/// </summary>
sealed class TellRevocations(DevicesDb db, Sync sync, RevokedKeys revoked, IDirectory directory)
    : IHear<RevocationsChanged>
{
    // Telling a speaker twice changes nothing: it takes only a newer list.
    public async Task Hear(RevocationsChanged news, Guid key, CancellationToken cancel)
    {
        var list = await revoked.Renew(cancel);
        string[] kids = [.. list.Kids];
        var hit = await db
            .Keys.AsNoTracking()
            .Where(k => kids.Contains(k.Kid) || kids.Contains(k.PlacedBy))
            .Select(k => k.SpeakerId)
            .ToListAsync(cancel);
        if (hit.Count > 0)
            await directory.Cut(hit, cancel);
        await sync.Revoke(cancel);
    }
}
