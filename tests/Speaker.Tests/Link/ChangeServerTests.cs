using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Commands;
using Loa.Speaker.InABox;
using Loa.Speaker.Servers;

namespace Loa.Speaker.Link;

public sealed class ChangeServerTests
{
    [Fact]
    public async Task A_speaker_moves_to_another_server_of_its_province_and_stays_there()
    {
        await using var old = await Province.Start();
        await using var other = await Province.Start(like: old);
        var process = SpeakerProcess.Start(old);
        var speaker = await old.Speaker();
        await speaker.State(state => state.Online);
        other.Gate.Add(speaker);
        var (id, message) = old.Command(speaker, Command.ChangeServer, args: new(Server: $"{other.Http}"));

        old.Gate.Send(speaker, AirTopic.InCommand, message);

        var answer = await speaker.Answer(id);
        Assert.Equal((CommandState.Done, $"{other.Http}"), (answer.State, answer.Found?.Server));
        await old.Vanish();
        Assert.Equal(CommandState.Done, (await other.Obeyed(speaker, Command.SelfTest)).State);
        await process.Kill();
        await process.DisposeAsync();
        var seen = speaker.States.Count;
        await using var again = SpeakerProcess.Start(old);
        await speaker.Until(() => speaker.States.Skip(seen).FirstOrDefault(state => state.Online), "its return");
    }

    [Fact]
    public async Task A_server_of_another_province_or_none_is_not_even_tried()
    {
        await using var province = await Province.Start();
        await using var stranger = await Province.Start();
        await using var process = SpeakerProcess.Start(province);
        var speaker = await province.Speaker();
        await speaker.State(state => state.Online);

        var foreign = await province.Obeyed(speaker, Command.ChangeServer, new(Server: $"{stranger.Http}"));
        var away = await province.Obeyed(speaker, Command.ChangeServer, new(Server: "http://127.0.0.1:1"));

        Assert.Equal((CommandState.Failed, CommandFailure.ServerRoot), (foreign.State, foreign.Reason));
        Assert.Equal((CommandState.Failed, CommandFailure.ServerUnreachable), (away.State, away.Reason));
        Assert.Empty(stranger.Speakers);
    }

    [Fact]
    public void A_server_that_does_not_accept_is_given_up_after_five_minutes_and_the_old_one_kept_through_power_cuts()
    {
        var bench = new ServerBench();
        var trial = bench.Start();
        var old = trial.Current;
        var order = bench.Order();
        trial.Try(new ServerNote(new Uri("http://moi.test"), "moi.test", "moi.test:1"), order);
        Assert.Equal("moi.test:1", trial.Current.Mqtt);

        trial = bench.Restart();
        Assert.Equal("moi.test:1", trial.Current.Mqtt);
        Assert.True(trial.Answers(order));
        bench.Clock.Advance(TimeSpan.FromMinutes(4));
        trial.GiveUpInTime();
        Assert.True(trial.IsTrying);
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        trial.GiveUpInTime();

        Assert.Equal(old, trial.Current);
        Assert.Equal(CommandFailure.ServerUnreachable, Assert.Single(bench.Answers.Waiting()).Reason);
        Assert.Equal(old, bench.Restart().Current);
        // Too late: the trial is over.
        trial.Accepted(new ServerNote(new Uri("http://moi.test"), "moi.test", "moi.test:1"));
        Assert.Equal(old, bench.Restart().Current);
    }

    [Fact]
    public void A_power_cut_at_any_point_of_the_acceptance_leaves_the_trial_or_the_new_server_with_its_answer()
    {
        var (trials, settled) = (0, 0);
        for (var cut = 1; cut < 4000; cut += 97)
        {
            var bench = new ServerBench();
            var trial = bench.Start();
            var order = bench.Order();
            trial.Try(new ServerNote(new Uri("http://moi.test"), "moi.test", "moi.test:1"), order);
            bench.Disk.StepsLeft = cut;
            try
            {
                trial.Accepted(trial.Current);
            }
            catch (Store.PowerCutException)
            {
                // Seen after the restart.
            }
            trial = bench.Restart();
            Assert.Equal("moi.test:1", trial.Current.Mqtt);
            Assert.Equal(trial.IsTrying ? 0 : 1, bench.Answers.Waiting().Count);
            _ = trial.IsTrying ? trials++ : settled++;
        }
        Assert.True(trials > 0 && settled > 0);
    }

    [Fact]
    public async Task A_server_that_moved_is_found_by_asking_where_it_is()
    {
        await using var old = await Province.Start();
        var process = SpeakerProcess.Start(old, "TEST-1", "--mqtt", "127.0.0.1:1", "--lost-seconds", "1");

        var speaker = await old.Speaker();

        await speaker.State(state => state.Online);
        Assert.Equal(CommandState.Done, (await old.Obeyed(speaker, Command.SelfTest)).State);
        Assert.Equal(0, await process.Stop());
        await process.DisposeAsync();
        // It has learned the address: it need not ask again.
        var seen = speaker.States.Count;
        await using var again = SpeakerProcess.Start(old, "TEST-1", "--mqtt", "127.0.0.1:1", "--lost-seconds", "600");
        await speaker.Until(() => speaker.States.Skip(seen).FirstOrDefault(state => state.Online), "its return");
    }
}
