using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Contracts.Trust;
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
    OpenEnrolments enrolments,
    ITrust trust,
    PublicAddress address,
    EnrolmentGate gate,
    ClaimPreregistered expected,
    IGatewayNode gateway
) : IUseCase
{
    const int LargestBody = 32 * 1024;

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
            if (!asksSeldom && !await enrolments.Knows(introduced.KeyId, cancel))
                return null;
            Refuse.If(trust.Root is null, "enrolment.no-root");
            var open = await enrolments.Open(introduced, $"{caller.Neighbourhood}", cancel);
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
