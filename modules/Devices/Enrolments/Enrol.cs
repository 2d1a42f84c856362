using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Jose;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Loa.Devices.Enrolments;

/// <summary>A new speaker introduces itself, proves that it holds its key, and gets a code to show; if it is expected, it is claimed at once.</summary>
sealed class Enrol(
    DevicesDb db,
    ITrust trust,
    PublicAddress address,
    EnrolmentGate gate,
    ClaimPreregistered expected,
    IGatewayNode gateway,
    IOptions<EnrolmentOptions> options,
    TimeProvider clock
) : IUseCase
{
    const int LargestBody = 32 * 1024;
    const int MostTries = 64;

    // Twenty thousand that come again so seldom are some hundreds a second.
    const int ComeAgainSeconds = 60;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/air/enrolments", Answer).AllowAnyone();

    static async Task<IResult> Answer(Enrol useCase, HttpContext http, CancellationToken cancel)
    {
        var opened = await useCase.Run(http, cancel);
        return opened is null
            ? TooManyRequests.After(http, "enrolment.too-many", ComeAgainSeconds)
            : new AirAnswer<EnrolmentOpened>(opened, StatusCodes.Status201Created);
    }

    /// <summary>Null when a network's strangers ask too often, or too many ask at this moment.</summary>
    public async Task<EnrolmentOpened?> Run(HttpContext http, CancellationToken cancel)
    {
        var caller = Caller.Of(http);
        if (gate.IsFull)
            return null;
        var asksSeldom = gate.Take(caller.Network);
        if (!asksSeldom && !gate.MayShowItsKey())
            return null;
        // Before it takes a place: who sends slowly holds none.
        var introduced = await Read(http.Request.Body, cancel);
        if (!gate.Enter())
            return null;
        try
        {
            if (!asksSeldom && !await IsKnown(introduced.KeyId, cancel))
                return null;
            var open = await Open(introduced, $"{caller.Neighbourhood}", cancel);
            if (open.SpeakerId is null)
                await expected.Try(open.Kid, cancel);
            return Say(open, address.For(http));
        }
        finally
        {
            gate.Leave();
        }
    }

    static async Task<Signed<Enrolment>> Read(Stream sent, CancellationToken cancel)
    {
        if (!EnrolmentRequest.TryRead(await AirBody.Read(sent, LargestBody, cancel), out var request))
            throw new InvalidException("enrolment", "format");
        var verdict = Enrolment.Verify(request.Enrolment, letOld: true);
        return verdict.Signed
            ?? throw new RefusedException("enrolment.proof", verdict.Reason)
            {
                Reason = verdict.Reason,
                Member = Enrolment.FaultOf(request.Enrolment),
            };
    }

    async Task<bool> IsKnown(string kid, CancellationToken cancel) =>
        await db.PreregisteredKeys.AnyAsync(e => e.Kid == kid, cancel)
        || await db.Enrolments.AnyAsync(e => e.Kid == kid, cancel);

    /// <summary>The same key keeps its id and gets a fresh code.</summary>
    async Task<OpenEnrolment> Open(Signed<Enrolment> signed, string network, CancellationToken cancel)
    {
        Refuse.If(trust.Root is null, "enrolment.no-root");
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

    EnrolmentOpened Say(OpenEnrolment open, string mqtt) =>
        new(
            open.Id,
            ClaimCode.Shown(open.Code),
            open.Expires,
            trust.Root!.Jwk,
            gateway.ServerName,
            mqtt,
            address.Tls,
            address.Authority,
            Roots: trust.RootChanges is { Count: > 0 } roots ? roots : null
        );
}
