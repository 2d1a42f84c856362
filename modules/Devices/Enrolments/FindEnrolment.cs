using Loa.Air;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Enrolments;

/// <summary>The speaker behind a code that an officer typed; who guesses, or stands between, is refused.</summary>
sealed class FindEnrolment(DevicesDb db, Sight sight, ITrust trust, EnrolmentGate gate, TimeProvider clock)
{
    /// <summary>By which people compare the root they see here with that of a speaker; null before there is one.</summary>
    public string? RootNumber => RootId is { } root ? ClaimCheck.RootNumber(root) : null;

    string? RootId => trust.Root?.KeyId;

    public async Task<OpenEnrolment> ByCode(string typed, CancellationToken cancel)
    {
        var officer = sight.OfficerId ?? Guid.Empty;
        Refuse.Unless(gate.MayTry(officer), "claim.too-many");
        var code = ClaimCode.Read(typed);
        var open = code is null ? null : await Find(code, cancel);
        if (open is null || !IsSeenAlike(open, code!))
        {
            gate.Mistook(officer);
            throw new RefusedException(open is null ? "claim.code" : "claim.check");
        }
        Refuse.If(open.SpeakerId is not null, "claim.claimed");
        Refuse.If(await db.WithdrawnKeys.AnyAsync(w => w.Kid == open.Kid, cancel), "claim.key-withdrawn");
        return open;
    }

    async Task<OpenEnrolment?> Find(string code, CancellationToken cancel)
    {
        var now = clock.Moment();
        var half = code[..ClaimCheck.HalfLength];
        return await db
            .Enrolments.AsNoTracking()
            .FirstOrDefaultAsync(e => (e.Code == code || e.Code == half) && e.Expires > now, cancel);
    }

    /// <summary>Whether the speaker saw our root, and we its key: else whoever stood between was seen.</summary>
    bool IsSeenAlike(OpenEnrolment open, string code) =>
        AirProtocol.IsOld(open.Protocol)
        || (
            open.Nonce is { } nonce
            && RootId is { } root
            && ClaimCheck.Signs(root, open.Kid, open.Code, nonce) == code[ClaimCheck.HalfLength..]
        );
}
