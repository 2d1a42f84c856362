using System.Net;
using Loa.Air;
using Loa.Devices;
using Loa.Devices.Registry;
using Loa.Jose;

namespace Loa.Gateway;

[Collection(nameof(WaitingDevices))]
public sealed class ChallengeTests(DeviceServer server)
{
    const int Accepted = 0;

    [Fact]
    public async Task A_client_of_the_older_dialect_proves_its_key_by_its_password_once()
    {
        await using var speaker = await server.Enrolled();
        await using var other = await server.Enrolled();
        var nonce = await Challenge(speaker.Id);
        var proof = Proof(speaker, nonce);
        Assert.NotEqual(Accepted, await Try(speaker, Proof(speaker, await Challenge(speaker.Id), SigningKey.Create())));
        Assert.NotEqual(Accepted, await Try(speaker, Proof(speaker, await Challenge(other.Id))));
        Assert.NotEqual(Accepted, await Try(speaker, Proof(speaker, new string('A', 43))));
        Assert.NotEqual(Accepted, await Try(speaker, "nonsense"));
        Assert.NotEqual(Accepted, await Try(speaker, null));
        Assert.Equal(Accepted, await Try(speaker, proof));
        Assert.NotEqual(Accepted, await Try(speaker, proof));
        // Whether there is such a speaker is not told.
        Assert.Equal(43, (await Challenge(Guid.CreateVersion7())).Length);
    }

    [Fact]
    public async Task A_speaker_that_falls_silent_is_seen_as_gone_after_one_and_a_half_keep_alives()
    {
        await using var speaker = await server.Enrolled();
        using var client = new RawClient();
        var proof = Proof(speaker, await Challenge(speaker.Id));
        Assert.Equal(
            Accepted,
            await client.Connect(speaker.Mqtt, speaker.Id.ToString(), speaker.Id.ToString(), proof, 2)
        );
        await RunningServer.Until(async () => (await server.Find(speaker.Id)).IsOnline, "it is online");
        var began = TimeProvider.System.GetTimestamp();
        await RunningServer.Until(
            async () => (await server.Find(speaker.Id)).Presence == Presence.Offline,
            "its silence is seen"
        );
        var seen = TimeProvider.System.GetElapsedTime(began);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"keep alive 2 s: seen after {seen.TotalSeconds:0.0} s; with 28 s that is {28 * 1.5 + seen.TotalSeconds - 3:0.0} s"
        );
        // The look each second and the storing come on top; at 28 s that stays within 45 s.
        Assert.True(seen < TimeSpan.FromSeconds(3 + 3), $"it took {seen}");
    }

    [Fact]
    public void A_nonce_is_good_once_for_a_minute_and_nobody_uses_up_another_s()
    {
        var clock = new ShiftedClock();
        var challenges = new Challenges(clock);
        var speaker = Guid.CreateVersion7();
        var old = challenges.New(speaker).Nonce;
        var mine = challenges.New(speaker).Nonce;
        // As many as a flood may ask for.
        for (var i = 0; i < 100_000; i++)
            challenges.New(speaker);
        Assert.False(challenges.Use(Guid.CreateVersion7(), mine));
        Assert.False(challenges.Knows(speaker, new string('A', 43)));
        Assert.False(challenges.Knows(speaker, mine[..^1]));
        Assert.True(challenges.Knows(speaker, mine));
        Assert.True(challenges.Use(speaker, mine));
        Assert.False(challenges.Use(speaker, mine));
        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.False(challenges.Use(speaker, old));
        Assert.False(challenges.Use(speaker, mine));
        Assert.False(new Challenges(clock).Knows(speaker, challenges.New(speaker).Nonce));
    }

    [Fact]
    public async Task Whoever_fails_in_its_name_and_from_its_address_keeps_no_speaker_out()
    {
        await using var speaker = await server.Enrolled();
        await using var neighbour = await server.Enrolled();
        // A device behind the same address that knows the ids of both, and many that nobody has.
        for (var i = 0; i < 120; i++)
        {
            var id =
                i % 3 == 0 ? speaker.Id
                : i % 3 == 1 ? neighbour.Id
                : Guid.CreateVersion7();
            using var stranger = new RawClient();
            Assert.NotEqual(Accepted, await stranger.Connect(speaker.Mqtt, $"{id}", $"{id}", "nonsense", 30));
        }
        for (var i = 0; i < 30; i++)
            Assert.NotEqual(
                Accepted,
                await Try(speaker, Proof(speaker, await Challenge(speaker.Id), SigningKey.Create()))
            );
        Assert.Equal(Accepted, await Try(speaker, Proof(speaker, await Challenge(speaker.Id))));
        await speaker.Connect();
        await neighbour.Connect();
    }

    [Theory]
    [InlineData(" {0}")]
    [InlineData("{0} ")]
    [InlineData("\n{0}")]
    public async Task A_speaker_has_one_spelling(string spelling)
    {
        await using var speaker = await server.Enrolled();
        var spelled = string.Format(spelling, speaker.Id);
        using var client = new RawClient();

        Assert.NotEqual(
            Accepted,
            await client.Connect(speaker.Mqtt, spelled, spelled, Proof(speaker, await Challenge(speaker.Id)), 30)
        );
    }

    async Task<string> Challenge(Guid speaker)
    {
        using var answer = await server.Anyone.PostAsync(
            "/air/challenges",
            new ByteArrayContent(new ChallengeRequest(speaker).ToBytes())
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(ChallengeMessage.TryRead(await answer.Content.ReadAsByteArrayAsync(), out var challenge));
        return challenge.Nonce;
    }

    static string Proof(BenchSpeaker speaker, string nonce, SigningKey? key = null) =>
        new ConnectionProof(speaker.Id, speaker.Server, nonce).Sign(key ?? speaker.Key);

    static async Task<int> Try(BenchSpeaker speaker, string? password)
    {
        using var client = new RawClient();
        return await client.Connect(speaker.Mqtt, speaker.Id.ToString(), speaker.Id.ToString(), password, 30);
    }
}
