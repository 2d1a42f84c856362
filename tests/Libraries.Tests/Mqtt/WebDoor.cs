using System.Net;
using Loa.Mqtt.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loa.Mqtt;

/// <summary>A web server that hands its WebSockets to an MQTT server.</summary>
sealed class WebDoor(WebApplication app) : IAsyncDisposable
{
    public static async Task<WebDoor> Open(MqttServer server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Certificates.Server));
        });
        var app = builder.Build();
        app.UseWebSockets();
        app.Map(
            "/mqtt",
            async (HttpContext http) =>
            {
                var accept = new WebSocketAcceptContext { SubProtocol = "mqtt", KeepAliveInterval = TimeSpan.Zero };
                using var socket = await http.WebSockets.AcceptWebSocketAsync(accept);
                await server.Serve(socket, new IPEndPoint(IPAddress.Loopback, http.Connection.RemotePort));
            }
        );
        await app.StartAsync();
        return new WebDoor(app);
    }

    public int Port => PortOf("http");

    public int SafePort => PortOf("https");

    public ValueTask DisposeAsync() => app.DisposeAsync();

    int PortOf(string scheme) =>
        app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Select(address => new Uri(address))
            .Single(address => address.Scheme == scheme)
            .Port;
}
