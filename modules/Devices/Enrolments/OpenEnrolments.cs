using System.Text.Json;
using Loa.Air;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Loa.Devices.Enrolments;

/// <summary>Speakers that introduced themselves and wait for a person to type their code, as many as there is room for.</summary>
sealed class OpenEnrolments(DevicesDb db, IOptions<EnrolmentOptions> options, TimeProvider clock)
{
    const int MostTries = 64;

    /// <summary>The key is preregistered, or introduced itself before.</summary>
    public async Task<bool> Knows(string kid, CancellationToken cancel) =>
        await db.PreregisteredKeys.AnyAsync(e => e.Kid == kid, cancel)
        || await db.Enrolments.AnyAsync(e => e.Kid == kid, cancel);

    /// <summary>The same key keeps its id and gets a fresh code.</summary>
    public async Task<OpenEnrolment> Open(Signed<Enrolment> signed, string network, CancellationToken cancel)
    {
        var now = clock.Moment();
        return await db.Atomically(
            async () =>
            {
                var open = await db.Enrolments.FirstOrDefaultAsync(e => e.Kid == signed.KeyId, cancel);
                Refuse.If(await IsTakenBack(signed.KeyId, open, cancel), "enrolment.revoked");
                if (open is null)
                {
                    await MakeRoom(now, cancel);
                    open = new OpenEnrolment
                    {
                        Id = Guid.CreateVersion7(),
                        Kid = signed.KeyId,
                        Jwk = JsonSerializer.Serialize(signed.Document.Jwk),
                        Network = network,
                    };
                    db.Add(open);
                }
                var enrolment = signed.Document;
                (open.Serial, open.Model) = (enrolment.Serial, enrolment.Model);
                (open.Firmware, open.Horns) = (enrolment.Firmware, enrolment.Horns);
                open.Vendor = enrolment.Vendor;
                open.Can = enrolment.Can is null ? null : string.Join(' ', enrolment.Can);
                open.Protocol = enrolment.Protocol ?? 1;
                (open.Code, open.Expires) = (await NewCode(enrolment, cancel), now + ClaimCode.Lifetime);
                (open.Seal, open.Nonce) = (enrolment.Seal, null);
                return open;
            },
            cancel
        );
    }

    // Who brings many from one place pushes out his own: an honest board elsewhere keeps its code.
    async Task MakeRoom(DateTimeOffset now, CancellationToken cancel)
    {
        var waiting = db.Enrolments.Where(e => e.SpeakerId == null);
        await waiting.Where(e => e.Expires < now).ExecuteDeleteAsync(cancel);
        if (await waiting.CountAsync(cancel) < options.Value.Waiting)
            return;
        var fullest = await waiting
            .GroupBy(e => e.Network)
            .OrderByDescending(g => g.Count())
            .Select(g => g.Key)
            .FirstAsync(cancel);
        var oldest = waiting.Where(e => e.Network == fullest).OrderBy(e => e.Expires).Take(1).Select(e => e.Id);
        await db.Enrolments.Where(e => oldest.Contains(e.Id)).ExecuteDeleteAsync(cancel);
    }

    // Stolen, replaced or taken down: a code for it would lead nowhere. The speaker makes a new key.
    async Task<bool> IsTakenBack(string kid, OpenEnrolment? open, CancellationToken cancel) =>
        await db.WithdrawnKeys.AnyAsync(w => w.Kid == kid, cancel)
        || (
            open?.SpeakerId is { } speaker
            && !await db.Keys.AnyAsync(k => k.SpeakerId == speaker && k.Kid == kid, cancel)
        );

    // Halves are few enough to meet; whole codes are not.
    async Task<string> NewCode(Enrolment enrolment, CancellationToken cancel)
    {
        if (AirProtocol.IsOld(enrolment.Protocol))
            return ClaimCode.New();
        var code = ClaimCode.NewHalf();
        for (var tries = 1; tries < MostTries && await db.Enrolments.AnyAsync(e => e.Code == code, cancel); tries++)
            code = ClaimCode.NewHalf();
        return code;
    }
}
