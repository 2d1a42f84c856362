using System.CommandLine;
using System.Runtime.InteropServices;
using Loa.Fleet;
using Loa.Speaker;

var server = ServerAddress.Option();
var data = new Option<string>("--data") { Description = "one folder for each speaker is made in it", Required = true };
var speakers = new Option<int>("--speakers") { DefaultValueFactory = _ => 12 };
var first = new Option<string>("--serial-from") { DefaultValueFactory = _ => "DEMO-00001" };
var serials = new Option<FileInfo?>("--serials") { Description = "a file with one serial number a line" };
var output = new Option<string>("--output") { Description = "wav or null", DefaultValueFactory = _ => "null" };
var mqtt = new Option<string?>("--mqtt") { Description = "host:port, when it differs from what the server says" };
var verbose = new Option<bool>("--verbose") { Description = "a line on standard error for each thing that happens" };

var host = new RootCommand("Many simulated loudspeaker clusters in one process.")
{
    server,
    data,
    speakers,
    first,
    serials,
    output,
    mqtt,
    verbose,
};
host.SetAction(Host);
return await host.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

async Task<int> Host(ParseResult given, CancellationToken cancel)
{
    using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    try
    {
        var names = given.GetValue(serials) is { } file
            ? Serials.Read(file)
            : Serials.Count(given.GetValue(first)!, given.GetValue(speakers));
        var fleet = new SpeakerFleet(
            given.GetValue(server)!,
            given.GetValue(data)!,
            given.GetValue(mqtt),
            given.GetValue(output)!,
            given.GetValue(verbose)
        );
        return await fleet.Run(names, stopping.Token);
    }
    catch (Exception unusable) when (unusable is ArgumentException or IOException or UnauthorizedAccessException)
    {
        await Console.Error.WriteLineAsync(unusable.Message);
        return 2;
    }

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stopping.Cancel();
    }
}
