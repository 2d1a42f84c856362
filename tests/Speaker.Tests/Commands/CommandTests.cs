using Loa.Air;
using Loa.Audio;
using Loa.Speaker.InABox;

namespace Loa.Speaker.Commands;

public sealed class CommandTests
{
    [Fact]
    public async Task A_replayed_command_is_refused_after_a_restart_too()
    {
        await using var province = await Province.Start();
        var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        var (id, message) = province.Command(speaker, Command.Volume, 40);
        province.Gate.Send(speaker, AirTopic.InCommand, message);
        await speaker.Receipt(id, CommandState.Done);
        var (louder, next) = province.Command(speaker, Command.Volume, 70);
        province.Gate.Send(speaker, AirTopic.InCommand, next);
        await speaker.Receipt(louder, CommandState.Done);
        await process.Kill();
        await process.DisposeAsync();
        var seen = speaker.States.Count;
        await using var again = SpeakerProcess.Start(province);
        await speaker.Until(
            () => speaker.States.Skip(seen).FirstOrDefault(state => state.Online && state.Volume == 70),
            "its return"
        );

        province.Gate.Send(speaker, AirTopic.InCommand, message);

        Assert.Equal(Refusal.CommandReplayed, (await speaker.Refusal(RefusalSubject.Command)).Reason);
        Assert.Equal(Refusal.CommandReplayed, (await speaker.Receipt(id, CommandState.Refused)).Reason);
        Assert.DoesNotContain(speaker.States.SkipWhile(state => state.Volume != 70), state => state.Volume == 40);
    }

    [Fact]
    public async Task The_volume_makes_the_sound_softer_and_is_reported()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);
        var sound = await Recorded.Make(1);
        var release = province.Release(sound).Sign(province.OfficerKey);
        var item = Province.PlayNow(release);

        var (id, message) = province.Command(speaker, Command.Volume, 25);
        province.Gate.Send(speaker, AirTopic.InCommand, message);
        await speaker.Receipt(id, CommandState.Done);
        province.Order(speaker, [item], [release]);
        await speaker.Played(item);

        var heard = Wav.Read(Assert.Single(process.RecordingsOf(item)));
        Assert.InRange(heard.Samples.Max() / sound.Source.Samples.Max(), 0.2, 0.3);
        await speaker.State(state => state.Volume == 25);
    }

    [Fact]
    public async Task Stop_silences_what_sounds_for_good()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        var release = province.Release(await Recorded.Make(20)).Sign(province.OfficerKey);
        var item = Province.PlayNow(release);
        province.Order(speaker, [item], [release]);
        await speaker.Reaches(item, ItemProgress.Playing);

        var (id, message) = province.Command(speaker, Command.Stop);
        province.Gate.Send(speaker, AirTopic.InCommand, message);

        await speaker.Receipt(id, CommandState.Done);
        Assert.Equal("stopped", (await speaker.Record(item, PlayOutcome.Interrupted)).Reason);
        await speaker.State(state => state is { Records: 1, Playing: null });
    }

    [Fact]
    public async Task Identify_beeps()
    {
        await using var province = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);

        var (id, message) = province.Command(speaker, Command.Identify);
        province.Gate.Send(speaker, AirTopic.InCommand, message);
        await speaker.Receipt(id, CommandState.Done);
        Assert.Equal(0, await process.Stop());

        Assert.Single(Directory.GetFiles(process.Recordings, $"identify-{id:d}.wav"));
    }
}
