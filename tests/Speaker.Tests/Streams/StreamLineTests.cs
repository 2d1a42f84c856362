using Loa.Air;
using Loa.Mqtt;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Streams;

public sealed class StreamLineTests
{
    [Fact]
    public async Task It_asks_for_the_stream_of_its_item_hears_it_and_gives_it_up()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var sound = await Recorded.Make(2);
        await speaker.KnowsTheTime();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var studio = new Studio(now.AddMinutes(-1), province.Commune, province.ServerKey);
        var item = Province.Item(studio.Text, AirClass.Ordinary, now.AddSeconds(4), TimeSpan.FromSeconds(2)) with
        {
            Content = "relay",
        };
        var relay = province.Delegate(province.ServerKey, [AirKind.Relay], stations: ["test"]);
        var groups = studio.Send(sound.Source, item.Start);

        province.Order(speaker, [item], [studio.Text], relay);
        await speaker.Until(() => Hears(groups[0]) ? this : null, "its question for the stream");
        foreach (var group in groups)
            Assert.True(Hears(group));

        var record = await speaker.Played(item);
        Assert.InRange(Heard.Likeness(sound.Source, Assert.Single(process.RecordingsOf(item))), 0.95, 1);
        Assert.InRange(record.Late!.Value.TotalMilliseconds, 0, 200);
        await speaker.Until(() => Hears(groups[^1]) ? null : this, "giving the stream up");
        Assert.Empty(speaker.Faults);

        bool Hears(byte[] group) =>
            province.Gate.Server!.Publish(Topics.Sound(studio.Stream.Id), group, Qos.AtMostOnce).Queued > 0;
    }
}
