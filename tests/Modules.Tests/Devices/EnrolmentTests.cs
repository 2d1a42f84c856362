using System.Net;
using System.Net.Http.Json;
using Loa.Air;
using Loa.Devices.Enrolments;
using Loa.Devices.Registry;
using Loa.Jose;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class EnrolmentTests(DeviceServer server)
{
    [Fact]
    public async Task Whoever_comes_when_too_many_are_heard_is_told_when_to_come_again()
    {
        await using var own = new RunningServer();
        await own.InitializeAsync();
        var gate = own.Services.GetRequiredService<EnrolmentGate>();
        using var anyone = own.Client();
        await using var speaker = new BenchSpeaker("LATE-" + Guid.CreateVersion7().ToString("N"));
        var held = 0;
        while (gate.Enter())
            held++;

        using (var answer = await BenchSpeaker.Post(anyone, speaker.Introduction()))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.Equal(TimeSpan.FromMinutes(1), answer.Headers.RetryAfter?.Delta);
        }

        gate.Leave();
        await speaker.Introduce(anyone);
        // It left its place when it had been heard.
        Assert.True(gate.Enter());
        Assert.False(gate.Enter());
        Assert.InRange(held, 8, 128);
    }

    [Fact]
    public async Task Many_speakers_enrol_at_once_and_a_clash_that_is_tried_again_is_no_error()
    {
        var speakers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => server.Enrolled()));
        foreach (var speaker in speakers)
            await speaker.DisposeAsync();
        Assert.DoesNotContain(
            server.Running.Said.All,
            line => line.Category.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_speaker_is_claimed_by_the_code_it_shows_and_takes_its_signed_place_home()
    {
        var place = await server.Place();
        await using var speaker = new BenchSpeaker(place.Serial);
        var opened = await speaker.Introduce(server.Anyone);
        Assert.Equal(EnrolmentState.Waiting, (await BenchSpeaker.Ask(server.Anyone, opened.Id)).State);

        // As a person types it.
        var typed = " " + opened.Code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal) + " ";
        var claimed = await server.Claim(new { code = typed }).Json();
        Assert.Equal(place.Id, claimed.GetProperty("id").GetGuid());
        Assert.Equal(speaker.Key.KeyId, claimed.GetProperty("kid").GetString());

        var status = await BenchSpeaker.Ask(server.Anyone, opened.Id);
        Assert.Equal((EnrolmentState.Claimed, place.Id), (status.State, status.Speaker!.Value));
        Assert.True(PublicKey.TryFrom(opened.Root, out var root));
        var chain = new Chain(root);
        foreach (var delegation in status.Delegations ?? [])
            chain.Learn(delegation);
        var verdict = chain.Verify(
            status.Placement,
            new PlacementRule(place.Id, speaker.Key.KeyId, null, TimeProvider.System.GetUtcNow())
        );
        Assert.True(verdict.Ok, verdict.Reason);
        Assert.Equal(place.UnitId, verdict.Document.Path[^1]);

        // What it is to play it can verify from the same root.
        speaker.Id = place.Id;
        await speaker.Connect();
        await speaker.State();
        var message = await speaker.Hear<TimetableMessage>(AirTopic.InTimetable);
        foreach (var delegation in message.Delegations)
            chain.Learn(delegation);
        var timetable = chain.Verify(
            message.Timetable,
            new TimetableRule(place.Id, verdict.Document.Path, null, TimeProvider.System.GetUtcNow())
        );
        Assert.True(timetable.Ok, timetable.Reason);
    }

    [Fact]
    public async Task The_same_key_keeps_its_enrolment_and_gets_a_fresh_code()
    {
        await using var speaker = new BenchSpeaker("BENCH-TWICE");
        var first = await speaker.Introduce(server.Anyone);
        var second = await speaker.Introduce(server.Anyone);
        Assert.Equal(first.Id, second.Id);
        Assert.NotEqual(first.Code, second.Code);
        await server.Claim(new { code = first.Code }).Refused("claim.code");
    }

    [Fact]
    public async Task A_lie_about_the_host_is_not_repeated_to_a_new_speaker()
    {
        await using var speaker = new BenchSpeaker("BENCH-LIED-TO");
        using var anyone = server.Running.Client();
        anyone.DefaultRequestHeaders.Host = "evil.example";
        anyone.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");

        using var answer = await BenchSpeaker.Post(anyone, speaker.Introduction());

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(EnrolmentOpened.TryRead(await answer.Content.ReadAsByteArrayAsync(), out var opened));
        Assert.StartsWith("127.0.0.1:", opened.Mqtt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_hold_the_key_cannot_introduce_it()
    {
        await using var speaker = new BenchSpeaker("BENCH-FORGED");
        await BenchSpeaker.Post(server.Anyone, speaker.Introduction(SigningKey.Create())).Refused("enrolment.proof");
        var cut = speaker.Introduction();
        await BenchSpeaker.Post(server.Anyone, cut[..^4] + "AAAA").Refused("enrolment.proof");
        await BenchSpeaker.Post(server.Anyone, "nonsense").Refused("enrolment.proof");
        using var empty = new ByteArrayContent([]);
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Anyone.PostAsync("/air/enrolments", empty)).StatusCode);
    }

    [Fact]
    public async Task Who_fills_the_waiting_list_from_one_place_pushes_out_his_own()
    {
        const string Crowded = "203.0.113.0";
        await server.Db(db =>
        {
            db.AddRange(Enumerable.Range(0, 10_000).Select(i => Waiting($"{i:d8}", Crowded, i)));
            db.Add(Waiting("ELSEWHERE", "198.51.100.0", -1));
            return db.SaveChangesAsync();
        });
        await using var speaker = new BenchSpeaker("BENCH-IN-A-CROWD");

        var opened = await speaker.Introduce(server.Anyone);

        var left = await server.Db(db =>
            db.Enrolments.Where(e => e.Network == Crowded).Select(e => e.Code).ToListAsync()
        );
        Assert.Equal(EnrolmentState.Waiting, (await BenchSpeaker.Ask(server.Anyone, opened.Id)).State);
        Assert.True(await server.Db(db => db.Enrolments.AnyAsync(e => e.Code == "ELSEWHERE")));
        Assert.Equal(9_999, left.Count);
        Assert.DoesNotContain("00000000", left);
        await server.Db(db => db.Enrolments.Where(e => e.Serial == "CROWD").ExecuteDeleteAsync());
    }

    static OpenEnrolment Waiting(string code, string network, int second) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Kid = $"crowd-{code}",
            Jwk = "{}",
            Serial = "CROWD",
            Code = code,
            Network = network,
            Expires = DateTimeOffset.UnixEpoch.AddYears(100).AddSeconds(second),
        };

    [Fact]
    public async Task A_board_that_is_known_is_heard_whatever_came_from_its_network()
    {
        await using var own = new RunningServer();
        await own.InitializeAsync();
        using var anyone = own.Client();
        await using var known = new BenchSpeaker("BENCH-KNOWN");
        await known.Introduce(anyone);
        var gate = own.Services.GetRequiredService<EnrolmentGate>();
        while (gate.Take(IPAddress.Loopback)) { }
        await using var stranger = new BenchSpeaker("BENCH-UNKNOWN");

        using var refused = await BenchSpeaker.Post(anyone, stranger.Introduction());
        var again = await known.Introduce(anyone);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(EnrolmentState.Waiting, (await BenchSpeaker.Ask(anyone, again.Id)).State);
    }

    [Fact]
    public async Task A_claimed_key_cannot_be_claimed_again_and_a_wrong_serial_is_refused()
    {
        await using var speaker = await server.Enrolled();
        var again = await speaker.Introduce(server.Anyone);
        await server.Claim(new { code = again.Code }).Refused("claim.claimed");

        var place = await server.Place();
        await using var stranger = new BenchSpeaker("BENCH-OTHER-SERIAL");
        var opened = await stranger.Introduce(server.Anyone);
        await server.Claim(new { code = opened.Code, speaker = place.Id }).Refused("claim.serial-differs");
        await server.Claim(new { code = opened.Code, speaker = speaker.Id }).Refused("claim.place-taken");

        // A second board that says it is the one that was claimed.
        await using var twin = new BenchSpeaker(speaker.Serial);
        var doubled = await twin.Introduce(server.Anyone);
        await server.Claim(new { code = doubled.Code }).Refused("claim.place-taken");
    }

    [Fact]
    public async Task A_board_is_replaced_and_the_old_one_is_shut_out_while_the_place_keeps_its_history()
    {
        await using var old = await server.Connected();
        await using var board = new BenchSpeaker("BENCH-NEW-" + old.Serial) { Id = old.Id };
        var opened = await board.Introduce(server.Anyone);
        await server
            .Claim(
                new
                {
                    code = opened.Code,
                    speaker = old.Id,
                    replace = true,
                }
            )
            .Json();
        await old.Ended.WaitAsync(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<Mqtt.MqttException>(() => old.Connect());

        await board.Connect();
        await board.State(placement: 2);
        Assert.Equal(old.Id, (await board.HearTimetable()).Speaker);
        var shown = await server.Technician.GetAsync($"/api/speakers/{old.Id}").Json();
        Assert.Equal(board.Key.KeyId, shown.GetProperty("kid").GetString());
        Assert.Equal(3, shown.GetProperty("acts").GetInt32());
    }

    [Fact]
    public async Task A_code_expires_and_guessing_is_soon_refused()
    {
        await using var speaker = new BenchSpeaker("BENCH-LATE");
        var opened = await speaker.Introduce(server.Anyone);
        await server.Db(db =>
            db.Enrolments.Where(e => e.Id == opened.Id)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(e => e.Expires, server.Running.Clock.GetUtcNow().AddSeconds(-1))
                )
        );
        await server
            .Anyone.GetAsync($"/air/enrolments/{opened.Id}")
            .Refused("missing.enrolment", HttpStatusCode.NotFound);

        var guesser = await server.Running.SignedIn("locninh.kythuat");
        await guesser.PostAsJsonAsync("/speakers/claim", new { code = opened.Code }).Refused("claim.code");
        for (var i = 0; i < 9; i++)
            await guesser.PostAsJsonAsync("/speakers/claim", new { code = "AAAA-AAAA" }).Refused("claim.code");
        await guesser.PostAsJsonAsync("/speakers/claim", new { code = "AAAA-AAAA" }).Refused("claim.too-many");
    }

    [Fact]
    public async Task A_technician_claims_only_within_his_reach()
    {
        var elsewhere = await server.Db(db =>
            db.Speakers.AsNoTracking()
                .OrderByDescending(s => s.Serial)
                .FirstAsync(s => s.Vendor == "own" && s.State == "registered")
        );
        await using var speaker = new BenchSpeaker(elsewhere.Serial);
        var opened = await speaker.Introduce(server.Anyone);
        var local = await server.Running.SignedIn("phuoclong.kythuat");
        var refused = await local.PostAsJsonAsync("/speakers/claim", new { code = opened.Code });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var author = await server.Running.SignedIn("tinh.bientap");
        var forbidden = await author.PostAsJsonAsync("/speakers/claim", new { code = opened.Code });
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }
}
