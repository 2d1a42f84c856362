using System.CommandLine;
using System.Text.Json;
using Loa.Jose;
using Loa.Posix;
using Loa.Speaker;
using Loa.Speaker.Health;
using Loa.Speaker.Playing;
using Loa.Speaker.Start;
using Loa.Speaker.Timing;
using Loa.Speaker.Trust;
using Loa.Speaker.Updating;

var server = ServerAddress.Option();
var data = new Option<string>("--data") { Description = "the speaker's own folder", Required = true };
var serial = new Option<string>("--serial") { Description = "the serial number on its label", Required = true };
var model = new Option<string>("--model") { DefaultValueFactory = _ => "Loa mềm" };
var horns = new Option<int>("--horns") { DefaultValueFactory = _ => 2 };
var output = new Option<string>("--output")
{
    Description = "wav:FOLDER, alsa[:PCM] or null",
    DefaultValueFactory = _ => "alsa",
};
var root = new Option<FileInfo?>("--root")
{
    Description =
        "the province's public root key (JWK) to obey: give it beforehand, so that nobody on the line can give another",
};
var mqtt = new Option<string?>("--mqtt")
{
    Description = "host:port, or mqtts://…, wss://…, when it differs from what the server says",
};
var authority = new Option<FileInfo?>("--ca") { Description = "who may vouch for the server by mqtts or wss (PEM)" };
var media = new Option<long>("--media-bytes") { DefaultValueFactory = _ => 1L << 30 };
var pace = new Option<long?>("--media-bytes-per-second") { Description = "how fast sound may be fetched" };
var health = new Option<string>("--health")
{
    Description = "none, linux[:FILE or :!PROGRAM with the modem's dBm] or simulated[:SEED]",
    DefaultValueFactory = _ => "none",
};
var microphone = new Option<string?>("--microphone") { Description = "a program that hears whether a tone is heard" };
var lost = new Option<int>("--lost-seconds")
{
    Description = "how long without a connection until it asks where its server is now",
    DefaultValueFactory = _ => 120,
};
var prove = new Option<int>("--prove-seconds")
{
    Description = "how long new software must have run before it may stay",
    DefaultValueFactory = _ => 60,
};

var speak = new RootCommand("The software of a loudspeaker cluster.")
{
    server,
    data,
    serial,
    model,
    horns,
    output,
    root,
    mqtt,
    authority,
    media,
    pace,
    health,
    microphone,
    lost,
    prove,
};

// Its keys, its records and what it plays are nobody else's; the programs it starts inherit this.
OwnerOnly.FromNowOn();
speak.SetAction(Speak);
var command = args is ["keep", ..] ? KeepCommand.Make() : speak;
var given = args is ["keep", .. var rest] ? rest : args;
return await command.Parse(given).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

async Task<int> Speak(ParseResult given, CancellationToken cancel)
{
    using var stop = new StopSignal(cancel);
    using var http = new HttpClient();
    try
    {
        if (!Outputs.TryParse(given.GetValue(output)!, out var sound))
            return Fail("--output is wav:FOLDER, alsa[:PCM] or null", ExitCode.Usage);
        if (!HealthSources.TryParse(given.GetValue(health)!, out var sensors))
            return Fail("--health is none, linux or simulated", ExitCode.Usage);
        var settings = new Settings(
            given.GetValue(server)!,
            given.GetValue(data)!,
            given.GetValue(serial)!,
            given.GetValue(model)!,
            given.GetValue(horns),
            await ReadRoot(given.GetValue(root), stop.Token),
            given.GetValue(mqtt),
            given.GetValue(media),
            given.GetValue(pace),
            ProveFor: TimeSpan.FromSeconds(given.GetValue(prove)),
            Authority: given.GetValue(authority),
            LostAfter: TimeSpan.FromSeconds(given.GetValue(lost)),
            Microphone: given.GetValue(microphone)
        );
        var log = new EventLog(TimeProvider.System, settings.Serial, Console.Error.WriteLine);
        ShutData(settings.Data, log);
        var around = new SpeakerEnvironment(
            BootClock.Machine,
            http,
            sound,
            log,
            code => Console.WriteLine($"claim code {code}"),
            Health: sensors,
            Supervised: Supervised.IsKept,
            ShowRoot: number => Console.WriteLine($"root number {number}")
        );
        if (Supervised.IsKept)
            _ = stop.When(Supervised.KeeperLetsGo);
        var ended = await new Loudspeaker(settings, around).Run(stop.Token);
        return ended == Ended.Restart ? ExitCode.Restart : ExitCode.Good;
    }
    catch (AnotherRootException another)
    {
        return Fail(another.Message, ExitCode.Trust);
    }
    catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
    {
        return Fail(unusable.Message, ExitCode.Storage);
    }
}

// As older software left it. A speaker does not fall silent over it: what cannot be shut is told.
static void ShutData(string folder, EventLog log)
{
    try
    {
        if (Directory.Exists(folder) && OwnerOnly.ShutFolder(folder))
            log.Tell("data.shut", ("folder", folder));
    }
    catch (UnauthorizedAccessException another)
    {
        log.Tell("data.open", ("folder", folder), ("why", another.Message));
    }
}

static async Task<Jwk?> ReadRoot(FileInfo? file, CancellationToken cancel)
{
    if (file is null)
        return null;
    await using var stream = file.OpenRead();
    return await JsonSerializer.DeserializeAsync(stream, TrustJson.Default.Jwk, cancel);
}

static int Fail(string sentence, int code)
{
    Console.Error.WriteLine(sentence);
    return code;
}
