using System.Net;
using System.Text.Json;
using Loa.Air;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Gateway;
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
    Lines lines,
    EnrolmentGate gate,
    ClaimExpected expected,
    IOptions<GatewayOptions> gateway,
    IOptions<EnrolmentOptions> options,
    TimeProvider clock
) : IUseCase
{
    const int LargestBody = 32 * 1024;

    // Twenty thousand that come again so seldom are some hundreds a second.
    const int ComeAgainSeconds = 60;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/air/enrolments", Answer).AllowAnyone();

    static async Task<IResult> Answer(Enrol useCase, HttpContext http, CancellationToken cancel)
    {
        var network = Caller.Of(http).Network;
        var opened = await useCase.Run(http.Request.Body, network, http.Request.Host.Host, cancel);
        return opened is null
            ? TooManyRequests.After(http, "enrolment.too-many", ComeAgainSeconds)
            : new AirAnswer<EnrolmentOpened>(opened, StatusCodes.Status201Created);
    }

    /// <summary>Null when the address asks too often, too many ask at this moment, or too many wait already.</summary>
    public async Task<EnrolmentOpened?> Run(Stream body, IPAddress from, string host, CancellationToken cancel)
    {
        if (gate.IsFull || !gate.Take(from))
            return null;
        // Before it takes a place: who sends slowly holds none.
        var introduced = await Read(body, cancel);
        if (!gate.Enter())
            return null;
        try
        {
            var open = await Open(introduced, cancel);
            if (open is null)
                return null;
            if (open.SpeakerId is null)
                await expected.Try(open.Kid, cancel);
            return Say(open, host);
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
        Refuse.If(!verdict.Ok, "enrolment.proof", verdict.Reason);
        return verdict.Signed!;
    }

    /// <summary>The same key keeps its id and gets a fresh code. Null when too many wait already.</summary>
    async Task<OpenEnrolment?> Open(Signed<Enrolment> signed, CancellationToken cancel)
    {
        Refuse.If(trust.Root is null, "enrolment.no-root");
        var now = clock.Moment();
        return await db.Atomically(
            async () =>
            {
                var open = await db.Enrolments.FirstOrDefaultAsync(e => e.Kid == signed.KeyId, cancel);
                if (open is null)
                {
                    await db.Enrolments.Where(e => e.SpeakerId == null && e.Expires < now).ExecuteDeleteAsync(cancel);
                    if (await db.Enrolments.CountAsync(e => e.SpeakerId == null, cancel) >= options.Value.Waiting)
                        return null;
                    open = new OpenEnrolment
                    {
                        Id = Guid.CreateVersion7(),
                        Kid = signed.KeyId,
                        Jwk = JsonSerializer.Serialize(signed.Document.Jwk),
                    };
                    db.Add(open);
                }
                var enrolment = signed.Document;
                (open.Serial, open.Model) = (enrolment.Serial, enrolment.Model);
                (open.Firmware, open.Horns) = (enrolment.Firmware, enrolment.Horns);
                (open.Code, open.Expires) = (ClaimCode.New(), now + ClaimCode.Lifetime);
                return open;
            },
            cancel
        );
    }

    EnrolmentOpened Say(OpenEnrolment open, string host) =>
        new(
            open.Id,
            ClaimCode.Shown(open.Code),
            open.Expires,
            JsonSerializer.Deserialize<Jwk>(trust.Root!)!,
            gateway.Value.ServerName,
            gateway.Value.PublicAddress ?? $"{host}:{lines.EndPoint?.Port ?? gateway.Value.Port}"
        );
}
