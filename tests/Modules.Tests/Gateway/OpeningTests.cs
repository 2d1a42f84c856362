using System.Net;
using System.Net.Sockets;
using Loa.Server.Start;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Loa.Gateway;

public sealed class OpeningTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    readonly int port = FreePort.Next();

    [Fact]
    public async Task Speakers_are_let_in_when_all_else_has_started_and_shown_out_before_all_else_stops()
    {
        var folder = Directory.CreateTempSubdirectory("loa-opening-").FullName;
        List<bool> open = [];
        await using (
            var app = LoaServer.Build(
                [$"--Data={folder}", "--Port=0", $"--Mqtt:Port={port}", "--Logging:LogLevel:Default=Warning"],
                builder => builder.Services.AddSingleton<IStartupFilter>(new WhenPagesStart(() => open.Add(IsOpen())))
            )
        )
        {
            // Pages start last and stop first of what is started one after the other. Nothing else stops while this looks,
            // and whoever is let in that very moment keeps the door open a moment longer.
            app.Services.GetRequiredService<IHostApplicationLifetime>()
                .ApplicationStopping.Register(() => open.Add(!SpinWait.SpinUntil(() => !IsOpen(), Patience)));
            await app.Open(TestContext.Current.CancellationToken);
            open.Add(IsOpen());
            await app.StopAsync(TestContext.Current.CancellationToken);
        }
        Directory.Delete(folder, recursive: true);

        Assert.Equal([false, true, false], open);
    }

    bool IsOpen()
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }

    sealed class WhenPagesStart(Action look) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next)
        {
            look();
            return next;
        }
    }
}
