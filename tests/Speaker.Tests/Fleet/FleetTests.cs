using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Loa.Air;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Fleet;

public sealed partial class FleetTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task A_fleet_shows_its_codes_plays_on_every_speaker_and_ends_in_good_order(int processes) =>
        Play(40, processes);

    [Fact(Explicit = true)]
    public Task A_whole_province_plays_in_one_process() => Play(1661);

    async Task Play(int count, int processes = 1)
    {
        await using var province = await Province.Start();
        province.Desk.ClaimAtOnce = false;
        await using var fleet = SpeakerProcess.StartFleet(
            "--server",
            $"{province.Http}",
            "--data",
            Path.Combine(province.Folder, "fleet"),
            "--speakers",
            $"{count}",
            "--serial-from",
            "DEMO-00099",
            "--processes",
            $"{processes}"
        );
        await fleet.Shows(count);
        var shown = fleet.Output.Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal($"DEMO-{98 + count:d5}", shown.Max(line => (string)line["serial"]!));
        // The server gives the first half, the speaker reckons the other from both keys.
        Assert.All(shown, line => Assert.Matches("^2BCD-[2-9A-Z]{4}$", (string)line["code"]!));
        province.Desk.Claim();
        var release = province.Release(await Recorded.Make(0.5)).Sign(province.OfficerKey);

        await Task.WhenAll(province.Speakers.Select(speaker => speaker.State(state => state.Online)));
        var idle = fleet.Usage();
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(province.Speakers.Select(speaker => Play(province, speaker, release)));
        var took = TimeProvider.System.GetElapsedTime(began);
        var (bytes, cpu) = fleet.Usage();
        output.WriteLine(
            $"{count} speakers: {idle.Bytes >> 20} MiB idle, {bytes >> 20} MiB after, "
                + $"{(cpu - idle.Cpu).TotalMilliseconds / count:f1} ms of processor each, all played in {took.TotalSeconds:f1} s"
        );

        // A simulated speaker answers as a real one does, its log included.
        var first = province.Speakers.First();
        Assert.Equal(CommandState.Done, (await province.Obeyed(first, Command.CollectLog)).State);
        Assert.Contains("\"connected\"", first.Logs[0].Text, StringComparison.Ordinal);

        Assert.Equal(0, await fleet.Stop());
        var stopped = fleet.Log.Select(line => Stopped().Match(line)).Where(match => match.Success);
        Assert.Equal(count, stopped.Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    static async Task Play(Province province, SpeakerMirror speaker, string release)
    {
        var item = Province.PlayNow(release);
        province.Order(speaker, [item], [release]);
        await speaker.Played(item);
        Assert.Empty(speaker.Faults);
    }

    [GeneratedRegex("^([0-9]+) speakers stopped, 0 failed$")]
    private static partial Regex Stopped();
}
