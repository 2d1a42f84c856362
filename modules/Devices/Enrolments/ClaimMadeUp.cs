using System.Net;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Loa.Devices.Enrolments;

/// <summary>In a demonstration, claims a made-up speaker that introduces itself from this very machine.</summary>
sealed class ClaimMadeUp(DevicesDb db, ClaimSpeaker claim, IOptions<EnrolmentOptions> options)
{
    public async Task Try(OpenEnrolment open, IPAddress from, CancellationToken cancel)
    {
        if (!options.Value.ClaimMadeUp || !IPAddress.IsLoopback(from) || open.SpeakerId is not null)
            return;
        var place = await db
            .Speakers.AsNoTracking()
            .FirstOrDefaultAsync(
                s =>
                    s.Serial == open.Serial
                    && s.MadeUp
                    && s.Vendor == SpeakerProcedure.Own
                    && s.State == SpeakerStates.Registered,
                cancel
            );
        if (place is not null)
            await claim.Claim(open, new(open.Code, place.Id), place, Actor.Server(place.UnitId), cancel);
    }
}
