using Loa.Air;
using Loa.Mqtt;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Link;

public sealed class ProgressTests
{
    const int Items = 300;

    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_week_is_told_in_a_few_messages_and_again_only_to_a_server_that_forgot()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var sound = await Recorded.Make(1);
        var release = province.Release(sound).Sign(province.OfficerKey);
        await speaker.KnowsTheTime();
        var items = Enumerable
            .Range(1, Items)
            .Select(i =>
                Province.Item(release, AirClass.Ordinary, Now.AddHours(1).AddMinutes(i), TimeSpan.FromSeconds(2))
            )
            .ToArray();
        province.Order(speaker, items, [release]);
        foreach (var item in items)
            await speaker.Reaches(item, ItemProgress.Verified);

        // The line breaks, the session is kept.
        var told = speaker.Progress.Count;
        var states = speaker.States.Count;
        province.Gate.Server!.Disconnect($"{speaker.Id:d}", ReasonCode.ServerShuttingDown);
        await speaker.Until(() => speaker.States.Skip(states).FirstOrDefault(state => state.Online), "its return");
        for (var i = 0; i < 2; i++)
            Assert.Equal(CommandState.Done, (await province.Obeyed(speaker, Command.SelfTest)).State);
        Assert.Equal(told, speaker.Progress.Count);

        await province.Vanish();
        await province.Return();
        await speaker.Until(
            () => speaker.Progress.Skip(told).Sum(message => message.Items.Count) >= Items ? speaker : null,
            "all items once more"
        );
        var again = speaker.Progress.Skip(told).ToArray();
        Assert.Equal(2, again.Length);
        Assert.Equal(
            items.Select(item => item.Id).Order(),
            again.SelectMany(one => one.Items).Select(step => step.Item).Order()
        );
        Assert.Empty(speaker.Faults);
    }
}
