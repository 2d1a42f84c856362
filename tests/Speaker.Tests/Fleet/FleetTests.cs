using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Fleet;

public sealed class FleetTests
{
    [Fact]
    public async Task A_fleet_shows_its_codes_plays_on_every_speaker_and_ends_in_good_order()
    {
        await using var province = await Province.Start();
        province.Desk.ClaimAtOnce = false;
        await using var fleet = SpeakerProcess.StartFleet(
            "--server",
            $"{province.Http}",
            "--data",
            Path.Combine(province.Folder, "fleet"),
            "--speakers",
            "40",
            "--serial-from",
            "DEMO-00099"
        );
        await fleet.Shows(40);
        var shown = fleet.Output.Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal("DEMO-00138", shown.Max(line => (string)line["serial"]!));
        Assert.All(shown, line => Assert.Equal("ABCD-EFGH", (string)line["code"]!));
        province.Desk.Claim();
        var release = province.Release(await Recorded.Make(0.5)).Sign(province.OfficerKey);

        foreach (var speaker in province.Speakers)
        {
            await speaker.State(state => state.Online);
            var item = Province.PlayNow(release);
            province.Order(speaker, [item], [release]);
            await speaker.Played(item);
        }

        Assert.Equal(0, await fleet.Stop());
        Assert.Contains("40 speakers stopped, 0 failed", fleet.Log);
    }
}
