using System.CommandLine;
using Loa.Kernel;
using Loa.Server.Start;

namespace Loa.Server.Demo;

/// <summary>
/// <c>loa demo</c>: the server with the demo province and software speakers on this machine; the first time it does the main
/// job before the reader's eyes, through the same doors as everybody: HTTP, MQTT, sound.
/// </summary>
static class DemoCommand
{
    public static Command Make()
    {
        var data = new Option<string>("--data")
        {
            DefaultValueFactory = _ => "data",
            Description = "where everything is kept",
        };
        var port = new Option<int>("--port") { DefaultValueFactory = _ => 8080, Description = "the console's port" };
        var mqttPort = new Option<int>("--mqtt-port")
        {
            DefaultValueFactory = _ => 18830,
            Description = "the device gateway's port",
        };
        var speakers = new Option<int>("--speakers")
        {
            DefaultValueFactory = _ => 12,
            Description = "software speakers to start (1 to 1484)",
        };
        var fleet = new Option<string>("--fleet")
        {
            Required = true,
            Description = "the program that hosts software speakers",
        };
        var play = new Option<bool>("--play") { Description = "do the main job again" };
        speakers.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1484)
                result.AddError(Words.Get("demo.speakers-range"));
        });
        var command = new Command("demo", "server, demo province and software speakers")
        {
            data,
            port,
            mqttPort,
            speakers,
            fleet,
            play,
        };
        command.SetAction(
            (parsed, cancel) =>
                Run(
                    ServeCommand.Args(
                        parsed.GetValue(data)!,
                        parsed.GetValue(port),
                        parsed.GetValue(mqttPort),
                        demo: true
                    ),
                    parsed.GetValue(speakers),
                    parsed.GetValue(fleet)!,
                    parsed.GetValue(play),
                    cancel
                )
        );
        return command;
    }

    static Task<int> Run(string[] args, int speakers, string fleet, bool play, CancellationToken cancel) =>
        ServeCommand.Serve(
            [.. args, "--Logging:LogLevel:Default=Warning"],
            async (app, address) =>
            {
                var options = app.Services.GetRequiredService<ServerOptions>();
                var walked = Path.Combine(options.Data, "demo-walked");
                var password = (
                    await File.ReadAllTextAsync(Path.Combine(options.Data, "demo-password"), cancel)
                ).Trim();
                using var province = new Province(address, password);
                await using var hosted = await FleetProcess.Start(
                    fleet,
                    address,
                    Path.Combine(options.Data, "fleet"),
                    await province.SerialsFor(speakers, cancel),
                    cancel
                );
                await hosted.ClaimAll(province, cancel);
                if (play || !File.Exists(walked))
                {
                    await new Walk(province, hosted, app.Services.GetRequiredService<TimeProvider>()).Run(cancel);
                    await File.WriteAllTextAsync(walked, "", cancel);
                }
                Welcome(address, password);
                await Task.WhenAny(app.UntilToldToStop(cancel), hosted.Ended);
            },
            cancel
        );

    static void Welcome(Uri address, string password)
    {
        Console.WriteLine();
        Console.WriteLine(Words.Get("demo.console", address));
        Console.WriteLine(Words.Get("demo.accounts", password));
        foreach (var unit in new[] { "tinh", "locninh", "binhphuoc", "phuoclong", "loctan", "thienhung" })
            Console.WriteLine(Words.Get("demo.account." + unit));
        Console.WriteLine(Words.Get("demo.stop"));
    }
}
