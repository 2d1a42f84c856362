using Loa.Air;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Fleet;

public sealed class FaultsTests
{
    const string Script = """
        # when whom what how long
        0s   all        slow 4G
        1s   30%        cut 1s
        1s   DEMO-00100 off 1s
        1s   DEMO-00101 disk 1s
        1s   DEMO-00102 lie 1s
        1s   DEMO-00103 clock +1h 1s
        2s   50%        flap 200ms/100ms 1s
        """;

    [Fact]
    public async Task A_hurt_fleet_plays_on_every_speaker_and_tells_how_long_things_took()
    {
        await using var province = await Province.Start();
        var script = Path.Combine(province.Folder, "faults.txt");
        await File.WriteAllTextAsync(script, Script);
        await using var fleet = SpeakerProcess.StartFleet(
            "--server",
            $"{province.Http}",
            "--mqtt",
            province.Mqtt,
            "--data",
            Path.Combine(province.Folder, "fleet"),
            "--speakers",
            "10",
            "--serial-from",
            "DEMO-00099",
            "--script",
            script
        );
        await fleet.Logs("Flap on");
        var release = province.Release(await Recorded.Make(0.5)).Sign(province.OfficerKey);

        await Task.WhenAll(province.Speakers.Select(speaker => Play(province, speaker, release)));

        Assert.Equal(0, await fleet.Stop());
        Assert.Equal(10, province.Speakers.Count);
        Assert.Contains("10 speakers stopped, 0 failed", fleet.Log);
        Assert.Contains(fleet.Log, line => line.StartsWith("connect and prove", StringComparison.Ordinal));
        Assert.Contains(fleet.Log, line => line.StartsWith("start error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_of_the_script_that_cannot_be_understood_is_named()
    {
        await using var province = await Province.Start();
        var script = Path.Combine(province.Folder, "faults.txt");
        await File.WriteAllTextAsync(script, "1s all cut\n2s all melt\n");
        await using var fleet = SpeakerProcess.StartFleet(
            "--server",
            $"{province.Http}",
            "--data",
            province.Folder,
            "--script",
            script
        );

        Assert.Equal(2, await fleet.Exit());
        Assert.Contains("Line 2 of the script cannot be understood: 2s all melt", fleet.Log);
    }

    static async Task Play(Province province, SpeakerMirror speaker, string release)
    {
        var item = Province.PlayNow(release);
        province.Order(speaker, [item], [release]);
        await speaker.Played(item);
    }
}
