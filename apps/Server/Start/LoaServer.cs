using System.Net;
using System.Net.Sockets;
using Loa.Broadcasting;
using Loa.Cases;
using Loa.Devices;
using Loa.Gateway;
using Loa.Kernel;
using Loa.Newsroom;
using Loa.Notices;
using Loa.Papers;
using Loa.People;
using Loa.Playout;
using Loa.Retention;
using Loa.Server.Api;
using Loa.Server.Door;
using Loa.Server.Home;
using Loa.Server.Ledger;
using Loa.Server.Telemetry;
using Loa.Trust;
using Loa.Ui;
using Microsoft.Extensions.Logging.Console;

namespace Loa.Server.Start;

/// <summary>Puts the modules together: this file is the table of contents of the product.</summary>
static class LoaServer
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Configuration.AddEnvironmentVariables("LOA_").AddCommandLine(args);
        // What the frameworks say is kept for trouble; what we say is what an operator reads.
        builder
            .Logging.AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddConsole(console => console.FormatterName = LogFormat.FormatName)
            .AddConsoleFormatter<LogFormat, ConsoleFormatterOptions>();
        configure?.Invoke(builder);
        var options = ServerOptions.From(builder.Configuration);
        var bounds = OpenFiles.From(builder.Configuration, OpenFiles.FilesAllowed());
        builder.Configuration["Mqtt:MaximumConnections"] = $"{bounds.Speakers}";
        var https = Https.From(builder.Configuration);

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.LimitPatience();
            kestrel.Listen(IPAddress.Any, options.Port, listen => listen.UseDoor());
            https?.Listen(kestrel);
        });
        builder.AddTelemetry();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(p => new HttpDoor(bounds.Console, p.GetRequiredService<TrustedProxies>()));
        builder.Services.AddTrustedProxies(builder.Configuration);
        builder.Services.AddKernel(new Storage { Folder = options.Data, Postgres = options.Postgres });
        builder.Services.AddSingleton<OneServer>().AddHostedService(p => p.GetRequiredService<OneServer>());
        builder.Services.AddLedger(builder.Configuration);
        builder.Services.AddCases();
        builder.Services.AddPapers();
        builder.Services.AddUi();
        builder.Services.AddPeople(builder.Configuration);
        builder.Services.AddTrust(builder.Configuration);
        builder.Services.AddNewsroom(builder.Configuration);
        builder.Services.AddBroadcasting(builder.Configuration);
        builder.Services.AddGateway(builder.Configuration);
        builder.Services.AddDevices(builder.Configuration);
        builder.Services.AddPlayout(builder.Configuration);
        builder.Services.AddRetention(builder.Configuration);
        builder.Services.AddNotices(builder.Configuration);
        builder.Services.AddHome();
        builder.Services.AddApiDocument();

        var app = builder.Build();
        app.UseDoor();
        app.UseTrustedProxies();
        https?.Redirect(app);
        app.UseServerTiming();
        app.UseRequestTrace();
        app.UseByteRanges();
        app.UseUi();
        app.UseExceptionHandler();
        app.UseStatusPages();
        app.UsePlainAddresses();
        app.UseKnownRanges();
        app.UseSameOrigin();
        app.UseRouting();
        app.UseWebSockets();
        app.UseAuthentication();
        app.UseRecognition();
        app.UsePermissions();
        app.UseBodyLimits();

        app.MapUi(withGallery: options.Demo || app.Environment.IsDevelopment());
        app.MapTelemetry();
        app.MapHome();
        app.MapLedger();
        app.MapPeople();
        app.MapTrust();
        app.MapNewsroom();
        app.MapBroadcasting();
        app.MapGateway();
        app.MapDevices();
        app.MapPlayout();
        app.MapRetention();
        app.MapNotices();
        app.MapApi();
        return app;
    }

    public static async Task Open(this WebApplication app, CancellationToken cancel)
    {
        await app.Prepare(cancel);
        await app.StartAsync(cancel);
    }

    /// <summary>Brings the databases to today's shape and, in a demo, brings in the province; the doors are still shut.</summary>
    public static async Task Prepare(this WebApplication app, CancellationToken cancel)
    {
        var options = app.Services.GetRequiredService<ServerOptions>();
        // Asked before anything is touched, so that a second start by mistake is one sentence.
        EnsureFree(options.Port);
        EnsureFree(options.MqttPort);
        DataFolder.Shut(options.Data, app.Logger);
        await app.Services.GetRequiredService<OneServer>().Take(cancel);
        await app.Services.Migrate(cancel);
        if (options.Demo)
            await Seed(app.Services, cancel);
    }

    static void EnsureFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Any, port);
        try
        {
            probe.Start();
        }
        catch (SocketException e)
        {
            throw new IOException(Words.Get("start.port", port, e.Message), e);
        }
    }

    static async Task Seed(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        foreach (var seed in scope.ServiceProvider.GetServices<ISeed>().OrderBy(s => s.Order))
            await seed.Run(cancel);
    }
}
