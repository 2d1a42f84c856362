using System.CommandLine;
using System.Runtime.InteropServices;
using Loa.Fleet;
using Loa.Fleet.Faults;
using Loa.Fleet.Lines;
using Loa.Fleet.Start;
using Loa.Posix;
using Loa.Speaker;

var server = ServerAddress.Option();
var data = new Option<string>("--data") { Description = "one folder for each speaker is made in it", Required = true };
var speakers = new Option<int>("--speakers") { DefaultValueFactory = _ => 12 };
var first = new Option<string>("--serial-from") { DefaultValueFactory = _ => "DEMO-00001" };
var serials = new Option<FileInfo?>("--serials") { Description = "a file with one serial number a line" };
var output = new Option<string>("--output") { Description = "wav or null", DefaultValueFactory = _ => "null" };
var mqtt = new Option<string?>("--mqtt") { Description = "host:port, when it differs from what the server says" };
var verbose = new Option<bool>("--verbose") { Description = "a line on standard error for each thing that happens" };
var script = new Option<FileInfo?>("--script") { Description = "a file of faults, one a line: when, whom, what" };
var line = new Option<string?>("--line") { Description = "the line all hang on: fibre, 4G, 3G or satellite" };
var seed = new Option<int>("--seed") { Description = "the same seed, the same mishaps", DefaultValueFactory = _ => 1 };
var seconds = new Option<int?>("--seconds") { Description = "stop by itself after so long" };
var processes = new Option<int>("--processes") { DefaultValueFactory = _ => 1 };
var figures = new Option<string?>("--figures") { Description = "write the figures to this file, not as a table" };

var host = new RootCommand("Many simulated loudspeaker clusters in one process, and what can happen to them.")
{
    server,
    data,
    speakers,
    first,
    serials,
    output,
    mqtt,
    verbose,
    script,
    line,
    seed,
    seconds,
    processes,
    figures,
};
OwnerOnly.FromNowOn();
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
        var settings = Settings(given);
        if (given.GetValue(seconds) is { } enough)
            stopping.CancelAfter(TimeSpan.FromSeconds(enough));
        return given.GetValue(processes) is > 1 and var many
            ? await ManyProcesses.Run(names, many, settings.Data, Passed(given), settings.Figures, stopping.Token)
            : await new SpeakerFleet(settings).Run(names, stopping.Token);
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

FleetSettings Settings(ParseResult given) =>
    new(
        given.GetValue(server)!,
        given.GetValue(data)!,
        given.GetValue(mqtt),
        given.GetValue(output)!,
        given.GetValue(verbose)
    )
    {
        Script = given.GetValue(script) is { } file ? FaultScript.Read(File.ReadLines(file.FullName)) : [],
        Line = given.GetValue(line) is { } name
            ? Profile.Known.GetValueOrDefault(name)
                ?? throw new ArgumentException($"--line is one of {string.Join(", ", Profile.Known.Keys)}.")
            : null,
        Seed = given.GetValue(seed),
        Figures = given.GetValue(figures),
    };

// To each part of the fleet all that concerns it; which speakers are its own it is told beside.
List<string> Passed(ParseResult given)
{
    var passed = new List<string>();
    Pass(server, given.GetValue(server));
    Pass(data, given.GetValue(data));
    Pass(output, given.GetValue(output));
    Pass(mqtt, given.GetValue(mqtt));
    Pass(script, given.GetValue(script)?.FullName);
    Pass(line, given.GetValue(line));
    Pass(seed, given.GetValue(seed));
    if (given.GetValue(verbose))
        passed.Add(verbose.Name);
    return passed;

    void Pass(Option option, object? value)
    {
        if (value is not null)
            passed.AddRange([option.Name, value.ToString()!]);
    }
}
