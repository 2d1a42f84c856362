using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using Loa.Jose;
using Loa.Speaker;
using Loa.Speaker.Enrolling;
using Loa.Speaker.Playing;

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
var root = new Option<FileInfo?>("--root") { Description = "the province's public root key (JWK) to obey" };
var mqtt = new Option<string?>("--mqtt") { Description = "host:port, when it differs from what the server says" };
var media = new Option<long>("--media-bytes") { DefaultValueFactory = _ => 1L << 30 };

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
    media,
};
speak.SetAction(Speak);
return await speak.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

async Task<int> Speak(ParseResult given, CancellationToken cancel)
{
    using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var http = new HttpClient();
    try
    {
        if (!Outputs.TryParse(given.GetValue(output)!, out var sound))
            return Fail("--output is wav:FOLDER, alsa[:PCM] or null", ExitCode.Usage);
        var settings = new Settings(
            given.GetValue(server)!,
            given.GetValue(data)!,
            given.GetValue(serial)!,
            given.GetValue(model)!,
            given.GetValue(horns),
            await ReadRoot(given.GetValue(root), stopping.Token),
            given.GetValue(mqtt),
            given.GetValue(media)
        );
        var log = new EventLog(TimeProvider.System, settings.Serial, Console.Error.WriteLine);
        var around = new Surroundings(
            TimeProvider.System,
            http,
            sound,
            log,
            code => Console.WriteLine($"claim code {code}")
        );
        await new Loudspeaker(settings, around).Run(stopping.Token);
        return ExitCode.Good;
    }
    catch (AnotherRootException another)
    {
        return Fail(another.Message, ExitCode.Trust);
    }
    catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
    {
        return Fail(unusable.Message, ExitCode.Storage);
    }

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stopping.Cancel();
    }
}

static async Task<Jwk?> ReadRoot(FileInfo? file, CancellationToken cancel)
{
    if (file is null)
        return null;
    await using var stream = file.OpenRead();
    return await JsonSerializer.DeserializeAsync(stream, NoteJson.Default.Jwk, cancel);
}

static int Fail(string sentence, int code)
{
    Console.Error.WriteLine(sentence);
    return code;
}
