using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Enrolments;

/// <summary>The speaker behind a code that an officer typed; who guesses is soon refused.</summary>
sealed class FindEnrolment(DevicesDb db, Sight sight, EnrolmentGate gate, TimeProvider clock)
{
    public async Task<OpenEnrolment> ByCode(string typed, CancellationToken cancel)
    {
        var officer = sight.OfficerId ?? Guid.Empty;
        Refuse.Unless(gate.MayTry(officer), "claim.too-many");
        var now = clock.Moment();
        var open = ClaimCode.Read(typed) is { } code
            ? await db.Enrolments.AsNoTracking().FirstOrDefaultAsync(e => e.Code == code && e.Expires > now, cancel)
            : null;
        if (open is null)
        {
            gate.Mistook(officer);
            throw new RefusedException("claim.code");
        }
        Refuse.If(open.SpeakerId is not null, "claim.claimed");
        Refuse.If(await db.WithdrawnKeys.AnyAsync(w => w.Kid == open.Kid, cancel), "claim.key-withdrawn");
        return open;
    }
}
