using System.Diagnostics;
using Loa.Air;
using Loa.Contracts.People;
using Loa.Devices;
using Loa.Jose;
using Microsoft.Extensions.DependencyInjection;
using static System.FormattableString;

namespace Loa.Gateway;

[Collection(nameof(DeviceServer))]
public sealed class TimeTests(DeviceServer server)
{
    [Fact]
    public async Task The_time_is_told_signed_for_the_one_who_asked()
    {
        await using var speaker = await server.Connected();
        var chain = new Chain(await Root(speaker));
        var path = await Path(speaker);
        var nonce = Nonce(1);

        var told = await Ask(speaker, new(nonce, Delegations: true));
        Assert.All(told.Delegations!, delegation => Assert.True(chain.Learn(delegation).Ok));
        var verdict = chain.Verify(told.Time, new ToldTimeRule(speaker.Id, path, nonce));

        Assert.True(verdict.Ok, verdict.Reason);
        Assert.Equal(Refusal.TimeNonce, chain.Verify(told.Time, new ToldTimeRule(speaker.Id, path, Nonce(2))).Reason);
        Assert.Null((await Ask(speaker, new(Nonce(3)))).Delegations);
    }

    [Fact]
    public async Task A_speaker_on_this_machine_finds_its_clock_right_to_two_milliseconds()
    {
        await using var speaker = await server.Connected();
        var best = (Delay: double.MaxValue, Offset: double.MaxValue);
        for (var i = 0; i < 12; i++)
        {
            var asked = Now();
            var message = await Ask(speaker, new(Nonce(i)));
            var heard = Now();
            Assert.True(ToldTime.TryRead(message.Time, out var told, out _));
            var (received, answered) = (told.Document.ReceivedUs, told.Document.AnsweredUs);
            var delay = (heard - asked) - (answered - received);
            if (delay < best.Delay)
                best = (delay, (received - asked + answered - heard) / 2.0);
        }

        Console.WriteLine(
            Invariant(
                $"measured: clock offset on loopback {best.Offset / 1000:0.000} ms, delay {best.Delay / 1000:0.000} ms (limit 2)"
            )
        );
        Assert.InRange(Math.Abs(best.Offset), 0, 2_000);

        long Now() => ToldTime.Microseconds(server.Running.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Two_thousand_questions_a_second_are_answered_on_one_core()
    {
        const int questions = 4_000;
        var services = server.Running.Services;
        var time = services.GetRequiredService<TimeServer>();
        var best = 0.0;
        for (var round = 0; round < 3; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < questions; i++)
                await time.Answer(
                    Guid.CreateVersion7(),
                    new(Nonce(i)),
                    server.Running.Clock.GetUtcNow(),
                    CancellationToken.None
                );
            best = Math.Max(best, questions / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        Console.WriteLine(Invariant($"measured: {best:0} answers about the time a second on one core (limit 2000)"));
        Assert.True(best >= 2_000, Invariant($"{best:0} a second"));
    }

    [Fact]
    public async Task Who_asks_without_end_is_answered_no_more_and_stays_connected()
    {
        await using var speaker = await server.Connected();
        for (var i = 0; i < 40; i++)
            await speaker.Say(AirTopic.OutTime, new TimeQuestion(Nonce(i)).ToBytes());
        await speaker.State(volume: 41);
        await RunningServer.Until(async () => (await server.Find(speaker.Id)).Volume == 41, "the state was stored");

        Assert.InRange(speaker.Waiting(AirTopic.InTime), 1, 25);
    }

    static string Nonce(int number) => Invariant($"question-number-{number:0000}");

    static async Task<TimeMessage> Ask(BenchSpeaker speaker, TimeQuestion question)
    {
        await speaker.Say(AirTopic.OutTime, question.ToBytes());
        return await speaker.Hear<TimeMessage>(AirTopic.InTime);
    }

    async Task<PublicKey> Root(BenchSpeaker speaker)
    {
        var opened = await speaker.Introduce(server.Anyone);
        Assert.True(PublicKey.TryFrom(opened.Root, out var root));
        return root;
    }

    async Task<IReadOnlyList<Guid>> Path(BenchSpeaker speaker)
    {
        var unit = (await server.Find(speaker.Id)).UnitId;
        return await server.Running.With<IUnits, IReadOnlyList<Guid>>(async units =>
            (await units.Today(CancellationToken.None)).PathOf(unit)
        );
    }
}
