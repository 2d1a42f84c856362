using System.Diagnostics;
using System.Net.Http.Json;
using Loa.Bench;
using Loa.Bench.Peers;
using Loa.Bench.Runs;
using Loa.Bench.Traffic;
using Loa.Bench.UnderTest;

// What does a silent speaker cost its SIM card in a month?
return await ServerShow.Run(
    args,
    async () =>
    {
        const string Serial = "DEMO-00001";
        var given = new Given(args, "minutes");
        var minutes = given.Number("minutes", 60, 3);
        await Peer.Need("ss=iproute2");
        Place.Print("traffic");
        await using var server = await ServerProcess.Start();
        using var speaker = StartSpeaker(server, Serial);
        await Claim(server, Serial, await CodeOf(speaker));
        await server.Process.Ask("online 1");

        var wire = new WireCount(server.Mqtt, server.Http);
        // Its first minute is a first day: enrolment, placement, the first timetable.
        await wire.Watch(TimeSpan.FromSeconds(given.Quick ? 10 : 60));
        var first = wire.Total;
        await wire.Watch(TimeSpan.FromMinutes(minutes));
        var idle = wire.Total - first;
        speaker.Kill();
        await speaker.WaitForExitAsync();

        Console.WriteLine(
            $"One real speaker process, idle, for {minutes} minutes; bytes and segments of its connections as the kernel counts them (ss -i)."
        );
        Console.WriteLine(
            $"On the wire: bytes of TCP + {WireCount.Head} bytes of IP and TCP heads (with time stamps) a segment, pure acknowledgements among them."
        );
        var table = new Table("", "sent by it", "received by it");
        table.Row("bytes of TCP", idle.BytesOut, idle.BytesIn);
        table.Row("segments", idle.SegmentsOut, idle.SegmentsIn);
        table.Row("bytes on the wire", idle.WireOut, idle.WireIn);
        table.Print();
        var month = (idle.WireOut + idle.WireIn) * (60.0 / minutes) * 720 / 1_000_000;
        Console.WriteLine(
            $"The first minute (enrolment, placement, timetable) cost {first.WireOut + first.WireIn} bytes and is counted once."
        );
        var bars = new Bars();
        bars.AtMost("an idle month", month + ((first.WireOut + first.WireIn) / 1e6), 15, " MB");
        return bars.ExitCode;
    }
);

static Process StartSpeaker(ServerUnderTest server, string serial)
{
    string[] told =
    [
        "--server",
        $"{server.Web}",
        "--data",
        Path.Combine(server.Folder, serial),
        "--serial",
        serial,
        "--output",
        "null",
    ];
    return Process.Start(
        new ProcessStartInfo(Sibling.Program("Speaker"), told)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }
    )!;
}

static async Task<string> CodeOf(Process speaker)
{
    // What it tells must be read, or it would wait for its reader one day.
    speaker.ErrorDataReceived += (_, _) => { };
    speaker.BeginErrorReadLine();
    while (await speaker.StandardOutput.ReadLineAsync() is { } line)
        if (ClaimCode().Match(line) is { Success: true } code)
            return code.Value;
    throw new IOException("The speaker ended without showing its code.");
}

static async Task Claim(ServerUnderTest server, string serial, string code)
{
    var place = Guid.Parse(await server.Process.Ask($"speaker {serial}"));
    using var technician = await server.SignIn("tinh.kythuat");
    using var claimed = await technician.PostAsJsonAsync("/speakers/claim", new { code, speaker = place });
    claimed.EnsureSuccessStatusCode();
}

/// <summary>The show.</summary>
partial class Program
{
    [System.Text.RegularExpressions.GeneratedRegex("[A-Z2-9]{4}-[A-Z2-9]{4}")]
    private static partial System.Text.RegularExpressions.Regex ClaimCode();
}
