using Loa.Cases;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Enrolments;

/// <summary>
/// A speaker whose key was named beforehand is claimed when it introduces itself, without a code; the same serial number
/// with another key is a stranger.
/// </summary>
sealed class ClaimPreregistered(DevicesDb db, IUnits units, TimeProvider clock)
{
    /// <summary>Claims those of these keys that have introduced themselves already; returns how many.</summary>
    public async Task<int> Waiting(IReadOnlyCollection<string> kids, CancellationToken cancel)
    {
        var claimed = 0;
        foreach (var some in kids.Chunk(500))
        {
            var waiting = await db
                .Enrolments.AsNoTracking()
                .Where(e => e.SpeakerId == null && some.Contains(e.Kid))
                .Select(e => e.Kid)
                .ToListAsync(cancel);
            foreach (var kid in waiting)
                claimed += await Try(kid, cancel) ? 1 : 0;
        }
        return claimed;
    }

    public async Task<bool> Try(string kid, CancellationToken cancel)
    {
        // Most who introduce themselves are not expected; they cost one look.
        if (!await db.PreregisteredKeys.AsNoTracking().AnyAsync(e => e.Kid == kid, cancel))
            return false;
        var tree = await units.Today(cancel);
        return await db.Atomically(
            async () =>
            {
                var open = await db.Enrolments.FirstOrDefaultAsync(e => e.Kid == kid && e.SpeakerId == null, cancel);
                var expected = await db.PreregisteredKeys.FirstOrDefaultAsync(e => e.Kid == kid, cancel);
                if (open is null || expected is null)
                    return false;
                var place = await db.Speakers.FirstAsync(s => s.Id == expected.SpeakerId, cancel);
                // The key is good, but the label is another's: a person must look.
                if (place.Serial != open.Serial || place.State != SpeakerStates.Registered)
                    return false;
                var now = clock.Moment();
                var deed = new Deed(ClaimSpeaker.Board(open, expected.PlacementVersion, expected.Signed));
                await db.Move(tree, place.Id, SpeakerProcedure.Claim, deed, Actor.Server, now, cancel);
                (open.SpeakerId, open.ClaimedAt) = (place.Id, now);
                return true;
            },
            cancel
        );
    }
}
