using System.Net;
using Loa.Mqtt.Packets;
using Loa.Mqtt.Server.Admission;

namespace Loa.Mqtt.Server;

/// <summary>Strangers, guessers and the talkative are held within bounds, and real speakers still come in.</summary>
public sealed class PendingConnectionsTests
{
    [Theory]
    [InlineData(40, 15_000, 12_000)]
    [InlineData(12_000, 40, 12_000)]
    [InlineData(12_000, 15_000, 40)]
    public async Task Silent_strangers_keep_no_speaker_out(int waiting, int connections, int perAddress)
    {
        await using var gateway = new Gateway(o =>
            o with
            {
                MaximumWaiting = waiting,
                MaximumConnections = connections,
                MaximumWaitingPerAddress = perAddress,
            }
        );
        var strangers = new List<RawDevice>();
        for (var n = 0; n < 120; n++)
        {
            strangers.Add(await gateway.Raw());
            // Some say nothing, some begin and never end.
            if (n % 2 == 0)
                await strangers[^1].Say(0x10);
        }

        // As a speaker does: on a machine that has not read yet what the strangers said, it comes again.
        var speaker = gateway.Device("speaker");
        var attempts = 1;
        while (!await IsLetIn(speaker))
            Assert.InRange(++attempts, 2, 100);

        await strangers[0].HearEnd();
        await Patience.Until(() => gateway.Server.ConnectionCount <= 41);
        strangers.ForEach(stranger => stranger.Dispose());
    }

    static async Task<bool> IsLetIn(Device speaker)
    {
        try
        {
            await speaker.Reconnect().Soon();
            return true;
        }
        catch (MqttException)
        {
            return false;
        }
    }

    [Fact]
    public async Task Whoever_waits_for_us_is_not_the_one_to_go()
    {
        await using var gateway = new Gateway(o => o with { MaximumWaiting = 2 });
        var judged = new TaskCompletionSource();
        gateway.Host.Judging = request => request.ClientId == "slow" ? judged.Task : Task.CompletedTask;
        var slow = gateway.Device("slow").Reconnect();
        await gateway.Accepted(1);
        await Patience.Until(() => gateway.Host.Asked > 0);
        var strangers = new[] { await gateway.Raw(), await gateway.Raw(), await gateway.Raw() };
        await strangers[0].HearEnd();
        await strangers[1].HearEnd();
        judged.SetResult();
        await slow.Soon();
        strangers[2].Dispose();
    }

    [Fact]
    public async Task One_address_may_connect_so_often()
    {
        await using var gateway = new Gateway(o => o with { ConnectionsPerAddress = new Rate(1, 3) });
        for (var n = 0; n < 3; n++)
            await gateway.Connected($"speaker-{n}");
        using (var refused = await gateway.Raw())
            await refused.HearEnd();
        gateway.Clock.Advance(TimeSpan.FromSeconds(2));
        await gateway.Connected("later");
    }

    [Fact]
    public void Ten_thousand_speakers_behind_one_address_come_back_at_once()
    {
        var limiter = new ConnectionRateLimiter(new MqttServerOptions(), new HeldClock());
        var address = new IPEndPoint(IPAddress.Parse("203.0.113.7"), 1);
        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.True(limiter.MayConnect(address)));
        Assert.InRange(new MqttServerOptions().MaximumWaitingPerAddress, 10_000, int.MaxValue);
    }

    [Fact]
    public async Task Who_guesses_is_not_listened_to_for_a_while()
    {
        await using var gateway = new Gateway(o => o with { FailuresPerClient = new Rate(0.1, 2) });
        gateway.Host.Admitting = request =>
            request.UserName == "good"
                ? AdmissionDecision.Accept()
                : AdmissionDecision.Refuse(ReasonCode.BadUserNameOrPassword);
        var reasons = new List<ReasonCode>();
        for (var n = 0; n < 4; n++)
            reasons.Add((await Assert.ThrowsAsync<MqttException>(gateway.Device("guessed").Reconnect)).Reason);
        Assert.Equal(
            [
                ReasonCode.BadUserNameOrPassword,
                ReasonCode.BadUserNameOrPassword,
                ReasonCode.ConnectionRateExceeded,
                ReasonCode.ConnectionRateExceeded,
            ],
            reasons
        );
        await gateway.Connected("neighbour", o => o with { UserName = "good" });
        gateway.Clock.Advance(TimeSpan.FromSeconds(11));
        await gateway.Connected("guessed", o => o with { UserName = "good" });
    }

    [Fact]
    public void A_crowd_of_addresses_wipes_out_guilt_and_shuts_nobody_out()
    {
        var table = new TokenBuckets(new Rate(1, 2), 64, new HeldClock());
        for (var key = 1ul; key < 100_000; key += 2)
        {
            Assert.True(table.Has(key));
            Assert.True(table.Take(key));
        }
        Assert.True(table.Take(1));
    }

    [Fact]
    public void The_guilty_are_remembered_longest()
    {
        var table = new TokenBuckets(new Rate(1, 2), 8, new HeldClock());
        Assert.True(table.Take(1));
        Assert.True(table.Take(1));
        for (var key = 2ul; key < 50; key++)
            table.Take(key);
        Assert.False(table.Take(1));
    }

    [Fact]
    public async Task Who_talks_too_much_is_read_more_slowly_and_loses_nothing()
    {
        await using var gateway = new Gateway(o => o with { MessagesPerClient = new Rate(1, 20) });
        using var raw = await gateway.Raw();
        // Held back far longer than its keep-alive, of which it cannot be blamed.
        await raw.Connect(keepAlive: 5);
        var calm = gateway.Clock.Waiting;
        await raw.Say(Convert.FromHexString(string.Concat(Enumerable.Repeat("300400016100", 40))));
        await Patience.Until(() => gateway.Clock.Waiting > calm);
        await raw.Say(PingPackets.Request);

        var answered = raw.Hear(PacketType.Pingresp);
        var seconds = await Pass(gateway, calm, () => answered.IsCompleted);

        await answered;
        Assert.Equal(40, gateway.Host.Messages.Reader.Count);
        Assert.InRange(seconds, 19, 21);
    }

    [Fact]
    public async Task Who_never_stops_is_shown_out()
    {
        await using var gateway = new Gateway(o => o with { BytesPerClient = new Rate(100, 1000) });
        using var raw = await gateway.Raw();
        await raw.Connect();
        var calm = gateway.Clock.Waiting;
        var message = Convert.FromHexString("30C403" + "000161" + "00" + string.Concat(Enumerable.Repeat("41", 448)));
        var goodbye = raw.HearGoodbye();
        for (var sent = 1; !goodbye.IsCompleted; sent++)
        {
            await raw.Say(message);
            await Pass(gateway, calm, () => gateway.Host.Messages.Reader.Count >= sent || goodbye.IsCompleted);
        }
        Assert.Equal(ReasonCode.MessageRateTooHigh, await goodbye);
    }

    // Time passes only while the server holds somebody back, so that nobody is late by our doing.
    static async Task<int> Pass(Gateway gateway, int calm, Func<bool> done)
    {
        var seconds = 0;
        while (!done())
        {
            await Patience.Until(() => done() || gateway.Clock.Waiting > calm);
            if (done())
                break;
            gateway.Clock.Advance(TimeSpan.FromSeconds(1));
            seconds++;
        }
        return seconds;
    }

    [Fact]
    public async Task A_connect_is_small()
    {
        await using var gateway = new Gateway();
        using var raw = await gateway.Raw();
        await raw.Say(0x10, 0xFF, 0xFF, 0x01);
        await raw.HearEnd();
    }
}
