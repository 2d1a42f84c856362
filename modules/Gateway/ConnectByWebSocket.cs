using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Gateway;

/// <summary>A speaker whose network lets only web traffic through connects by WebSocket; then its connection is one like any other.</summary>
sealed class ConnectByWebSocket(NodeConnections connections) : IUseCase
{
    const string Protocol = "mqtt";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/air/mqtt", Answer).AllowAnyone();

    static async Task Answer(ConnectByWebSocket useCase, HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest || !http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol))
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            http.Response.Headers.Upgrade = "websocket";
            http.Response.Headers.SecWebSocketProtocol = Protocol;
            return;
        }
        await useCase.Run(http);
    }

    public async Task Run(HttpContext http)
    {
        // MQTT keeps the connection alive itself.
        var accept = new WebSocketAcceptContext { SubProtocol = Protocol, KeepAliveInterval = TimeSpan.Zero };
        using var socket = await http.WebSockets.AcceptWebSocketAsync(accept);
        await connections.Serve(socket, Caller.Of(http).EndPoint);
    }
}
