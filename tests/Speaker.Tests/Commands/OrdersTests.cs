using System.Text.Json;
using Loa.Air;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Commands;

public sealed class OrdersTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_command_of_the_closed_list_is_obeyed_and_read_back()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province, "TEST-1", "--horns", "3");
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);

        var whole = await province.Obeyed(speaker, Command.Volume, new CommandArgs(Level: 80));
        Assert.Equal((80, "100,100,100"), (whole.Found!.Volume, string.Join(',', whole.Found.Horns!)));
        var horn = await province.Obeyed(speaker, Command.Volume, new CommandArgs(Level: 40, Horn: 2));
        Assert.Equal((80, "100,40,100"), (horn.Found!.Volume, string.Join(',', horn.Found.Horns!)));
        await speaker.Until(() => speaker.Health.LastOrDefault(told => told.Horns is [100, 40, 100]), "the horns");
        var none = await province.Obeyed(speaker, Command.Volume, new CommandArgs(Level: 40, Horn: 4));
        Assert.Equal((CommandState.Failed, CommandFailure.Horn), (none.State, none.Reason));

        Assert.False((await province.Obeyed(speaker, Command.Amplifier, new CommandArgs(On: false))).Found!.Amplifier);
        await speaker.Until(() => speaker.Health.LastOrDefault(told => told.Amplifier == false), "the amplifier");
        Assert.True((await province.Obeyed(speaker, Command.Amplifier, new CommandArgs(On: true))).Found!.Amplifier);
        Assert.True((await province.Obeyed(speaker, Command.Pause, new CommandArgs(Minutes: 5))).Found!.Paused);
        Assert.False((await province.Obeyed(speaker, Command.Resume)).Found!.Paused);
        Assert.Equal(CommandFailure.Silent, (await province.Obeyed(speaker, Command.Stop)).Reason);
        Assert.Equal(CommandFailure.Silent, (await province.Obeyed(speaker, Command.Next)).Reason);
        Assert.Equal(CommandState.Done, (await province.Obeyed(speaker, Command.Identify)).State);

        var tested = await province.Obeyed(speaker, Command.SelfTest);
        output.WriteLine(string.Join(", ", tested.Found!.Checks!));
        Assert.Equal(
            ["clock", "storage", "output", "records", "media"],
            tested.Found.Checks!.Select(check => check.Name)
        );
        Assert.All(tested.Found.Checks!, check => Assert.True(check.Good, check.Name));
        Assert.Equal(
            CommandFailure.Unkept,
            (await province.Obeyed(speaker, Command.Update, new(Package: new('a', 64)))).Reason
        );
        Assert.Empty(speaker.Faults);
        Assert.Equal(0, await process.Stop());
    }

    [Fact]
    public async Task Next_ends_what_sounds_and_says_so_once_it_is_silent()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var release = province.Release(await Recorded.Make(20)).Sign(province.OfficerKey);
        var (item, after) = (Province.PlayNow(release), Province.PlayNow(release));
        province.Order(speaker, [item], [release]);
        await speaker.Reaches(item, ItemProgress.Playing);
        province.Order(speaker, [item, after], [release]);
        await speaker.Reaches(after, ItemProgress.Verified);

        var answer = await province.Obeyed(speaker, Command.Next);

        Assert.Equal(CommandState.Done, answer.State);
        Assert.NotEqual(item.Id, answer.Found!.Playing);
        Assert.Equal("skipped", (await speaker.Record(item, PlayOutcome.Interrupted)).Reason);
        await speaker.Reaches(after, ItemProgress.Playing);
    }

    [Fact]
    public async Task A_restart_ends_in_good_order_and_is_answered_once_by_the_next_start()
    {
        await using var province = await Province.Start();
        var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        var (id, message) = province.Command(speaker, Command.Restart);

        province.Gate.Send(speaker, AirTopic.InCommand, message);

        Assert.Equal(ExitCode.Restart, await process.Exit());
        await process.DisposeAsync();
        Assert.Equal([CommandState.Received], Of(speaker, id));
        var again = SpeakerProcess.Start(province);
        await speaker.Receipt(id, CommandState.Done);
        // Sent again it is refused, so that there is no circle.
        province.Gate.Send(speaker, AirTopic.InCommand, message);
        Assert.Equal(Refusal.CommandReplayed, (await speaker.Receipt(id, CommandState.Refused)).Reason);
        Assert.Equal(0, await again.Stop());
        await again.DisposeAsync();
        await using var third = SpeakerProcess.Start(province);
        await speaker.Until(() => speaker.States.Count(state => state.Online) > 2 ? speaker : null, "a third time");
        await province.Obeyed(speaker, Command.Identify);
        Assert.Equal([CommandState.Received, CommandState.Done, CommandState.Refused], Of(speaker, id));
    }

    [Fact]
    public async Task The_log_is_collected_in_parts_that_are_the_newest_lines()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);

        Assert.Equal(CommandState.Done, (await province.Obeyed(speaker, Command.CollectLog)).State);

        var log = string.Concat(speaker.Logs.Select(part => part.Text));
        Assert.EndsWith("\n", log, StringComparison.Ordinal);
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
        Assert.Contains(lines, line => line.Contains("\"connected\"", StringComparison.Ordinal));
        Assert.Equal(speaker.Logs[0].Parts, speaker.Logs.Count);
    }

    [Fact]
    public void A_long_log_is_cut_at_lines_into_messages_that_fit()
    {
        var lines = Enumerable.Range(0, 40_000).Select(n => $"{{\"event\":\"thử {n}\",\"quote\":\"\\\"\"}}").ToList();

        var parts = CollectLog.Parts(string.Join('\n', lines) + "\n");

        Assert.Equal(LogMessage.MostParts, parts.Count);
        Assert.All(parts, part => Assert.True(new LogMessage(default, 1, 1, part).ToBytes().Length <= 64 * 1024));
        var sent = string.Concat(parts).Split('\n')[..^1];
        Assert.Equal(lines.TakeLast(sent.Length), sent);
        Assert.Equal([""], CollectLog.Parts(""));
    }

    static IEnumerable<CommandState> Of(SpeakerMirror speaker, Guid command) =>
        speaker.Receipts.Where(told => told.Command == command).Select(told => told.State);
}
