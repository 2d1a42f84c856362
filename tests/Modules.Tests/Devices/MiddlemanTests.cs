using System.Net.Http.Json;
using Loa.Air;
using Loa.Devices.Registry;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices;

/// <summary>A real speaker and the real server with somebody between them who would have the speaker for himself.</summary>
[Collection(nameof(WaitingDevices))]
public sealed class MiddlemanTests(DeviceServer server) : IDisposable
{
    readonly string data = Directory.CreateTempSubdirectory("loa-middleman-").FullName;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Theory]
    [InlineData(nameof(Trick.Root))]
    [InlineData(nameof(Trick.Key))]
    [InlineData(nameof(Trick.RootAndKey))]
    [InlineData(nameof(Trick.Patience))]
    public async Task The_claim_is_refused_and_the_speaker_keeps_nothing_of_him(string trick)
    {
        var place = await server.Place();
        await using (var man = await Middleman.Stand(Enum.Parse<Trick>(trick), server.Running.Address))
        await using (var caught = new SpeakerProgram(data, man.Address, place.Serial))
        {
            var code = await caught.Code();
            // Another's, who may mistype as often.
            var technician = await server.Running.SignedIn("phuoclong.kythuat");
            await technician
                .PostAsJsonAsync("/speakers/claim", new { code, speaker = place.Id })
                .Refused("claim.check");
            var page = await technician.GetStringAsync($"/speakers/claim?code={code}");
            Assert.DoesNotContain(place.Id.ToString(), page, StringComparison.Ordinal);
            Assert.True(man.Seen > 0);
        }
        Assert.Equal("registered", (await server.Find(place.Id)).State);

        // On a line of its own it is claimed as if nothing had been.
        await using var freed = new SpeakerProgram(data, server.Running.Address, place.Serial);
        await server.Claim(new { code = await freed.Code(), speaker = place.Id }).Json();
        await RunningServer.Until(
            async () => (await server.Find(place.Id)) is { Presence: Presence.Online, TimetableHeld: > 0 },
            "it is connected and believes its server"
        );
    }

    [Fact]
    public async Task A_speaker_shows_no_code_that_was_given_whole()
    {
        var place = await server.Place();
        await using var man = await Middleman.Stand(Trick.OldSpeaker, server.Running.Address);
        await using var caught = new SpeakerProgram(data, man.Address, place.Serial);
        await caught.Tells("code-unchecked");
        Assert.Null(caught.CodeNow);
    }

    [Fact]
    public async Task A_speaker_that_was_given_its_root_does_not_even_talk_to_him()
    {
        var place = await server.Place();
        await using var man = await Middleman.Stand(Trick.Root, server.Running.Address);
        var root = Path.Combine(data, "root.jwk");
        var card = await server.Anyone.GetByteArrayAsync("/air/server");
        Assert.True(ServerMessage.TryRead(card, out var true_));
        await File.WriteAllTextAsync(root, System.Text.Json.JsonSerializer.Serialize(true_.Root));
        await using var caught = new SpeakerProgram(data, man.Address, place.Serial, "--root", root);
        await caught.Tells("This speaker obeys the root");
        Assert.Null(caught.CodeNow);
    }

    [Fact]
    public async Task Only_who_sealed_the_nonce_can_open_it_and_before_that_no_code_fits()
    {
        await using var speaker = new BenchSpeaker("BENCH-SEALED");
        using var answer = await BenchSpeaker.Post(server.Anyone, speaker.Introduction());
        Assert.True(EnrolmentOpened.TryRead(await answer.Content.ReadAsByteArrayAsync(), out var opened));
        var root = opened.Root.Thumbprint();
        string Code(string nonce) => opened.Code + ClaimCheck.Signs(root, speaker.Key.KeyId, opened.Code, nonce);

        await server.Claim(new { code = Code(speaker.Nonce) }).Refused("claim.check");
        await BenchSpeaker.Unseal(server.Anyone, opened.Id, new string('A', 43)).Refused("enrolment.seal");
        (await BenchSpeaker.Unseal(server.Anyone, opened.Id, speaker.Nonce)).EnsureSuccessStatusCode();
        await server.Claim(new { code = Code(new string('A', 43)) }).Refused("claim.check");
        await server.Claim(new { code = Code(speaker.Nonce) }).Refused("claim.no-place");
    }

    [Fact]
    public async Task Of_a_speaker_of_before_the_page_says_that_it_checks_nothing()
    {
        var place = await server.Place();
        await using var old = new BenchSpeaker(place.Serial) { Protocol = null };
        var opened = await old.Introduce(server.Anyone);
        var number = ClaimCheck.RootNumber(opened.Root.Thumbprint());
        var page = await server.Technician.GetStringAsync($"/speakers/claim?code={opened.Code}");
        Assert.Contains(number, page, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        await server.Claim(new { code = opened.Code, speaker = place.Id }).Json();
    }

    [Fact]
    public async Task A_wrong_half_counts_as_a_wrong_code()
    {
        await using var speaker = new BenchSpeaker("BENCH-HALF");
        var opened = await speaker.Introduce(server.Anyone);
        var wrong = opened.Code[..^1] + (opened.Code[^1] == 'A' ? 'B' : 'A');
        var guesser = await server.Running.SignedIn("thienhung.kythuat");
        for (var i = 0; i < 10; i++)
            await guesser.PostAsJsonAsync("/speakers/claim", new { code = wrong }).Refused("claim.check");
        await guesser.PostAsJsonAsync("/speakers/claim", new { code = opened.Code }).Refused("claim.too-many");
    }

    [Fact]
    public async Task A_board_that_was_replaced_is_told_that_its_key_is_over()
    {
        await using var old = await server.Connected();
        await using var board = new BenchSpeaker("BENCH-AFTER-" + old.Serial) { Id = old.Id };
        var opened = await board.Introduce(server.Anyone);
        var claim = new
        {
            code = opened.Code,
            speaker = old.Id,
            replace = true,
        };
        await server.Claim(claim).Json();

        await BenchSpeaker.Post(server.Anyone, old.Introduction()).Refused("enrolment.revoked");
        // The one in force may introduce itself as often as it likes.
        await board.Introduce(server.Anyone);
    }
}
