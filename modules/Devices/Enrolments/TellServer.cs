using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Loa.Devices.Enrolments;

/// <summary>Tells a speaker that is to move here, or that has lost us, who we are and where speakers reach us.</summary>
sealed class TellServer(ITrust trust, PublicAddress address, IGatewayNode gateway) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/air/server", Answer).AllowAnyone();

    static AirAnswer<ServerMessage> Answer(TellServer useCase, HttpContext http) => new(useCase.Run(http));

    public ServerMessage Run(HttpContext http)
    {
        Refuse.If(trust.Root is null, "enrolment.no-root");
        return new(
            trust.Root.Jwk,
            gateway.ServerName,
            address.For(http),
            address.Tls,
            address.Authority,
            Roots: trust.RootChanges is { Count: > 0 } roots ? roots : null
        );
    }
}
