using System.Net;
using Loa.Air;
using Loa.Devices.Gateway;
using Loa.Devices.Registry;
using Loa.Jose;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
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
    public void A_nonce_is_good_for_a_minute_and_the_memory_is_bounded()
    {
        var clock = new ShiftedClock();
        var challenges = new Challenges(clock);
        var speaker = Guid.CreateVersion7();
        var old = challenges.New(speaker).Nonce;
        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.False(challenges.Take(speaker, old));
        var first = challenges.New(speaker).Nonce;
        Assert.False(challenges.Take(Guid.CreateVersion7(), first));
        Assert.True(challenges.Take(speaker, first));
        var oldest = challenges.New(speaker).Nonce;
        for (var i = 0; i < 100_000; i++)
            challenges.New(speaker);
        Assert.False(challenges.Take(speaker, oldest));
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
