using Loa.Air;

namespace Loa.Devices;

/// <summary>What was ordered before a speaker had its place was not meant for whoever puts it up: only an emergency is heard at any time.</summary>
[Collection(nameof(DeviceServer))]
public sealed class ClaimedLaterTests(DeviceServer server)
{
    [Fact]
    public async Task A_speaker_plays_nothing_ordinary_that_was_ordered_before_it_was_claimed()
    {
        var place = await server.Place();
        var before = await server.Air(place.UnitId);
        var emergency = await server.Air(AirClass.Emergency, place.UnitId);

        await using var speaker = new BenchSpeaker(place.Serial) { Id = place.Id };
        var opened = await speaker.Introduce(server.Anyone);
        await server.Claim(new { code = opened.Code, speaker = place.Id }).Json();
        await speaker.Connect();
        await speaker.State();
        var after = await server.Air(place.UnitId);

        var told = await speaker.HearTimetable();
        while (told.Items.All(item => item.Broadcast != after.Broadcast))
            told = await speaker.HearTimetable(atLeast: told.Version + 1);
        Assert.Contains(told.Items, item => item.Broadcast == emergency.Broadcast);
        Assert.DoesNotContain(told.Items, item => item.Broadcast == before.Broadcast);
    }
}
