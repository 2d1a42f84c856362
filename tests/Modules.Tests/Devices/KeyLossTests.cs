using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Loa.Air;
using Loa.Devices.Enrolments;
using Loa.Jose;
using Loa.Mqtt;
using Loa.People;
using Loa.Playout.AsRun;
using Loa.Trust;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class KeyLossTests(DeviceServer server)
{
    static readonly TimeSpan Bar = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_speaker_whose_key_is_revoked_is_cut_at_once_and_the_key_is_good_nowhere_again()
    {
        await using var speaker = await server.Connected();
        await Cut(
            "a speaker's own key",
            speaker,
            () => server.Technician.PostAsJsonAsync($"/speakers/{speaker.Id}/revoke-key", new { comment = "bị trộm" })
        );
        // It is told so, and not shown a code that leads nowhere.
        await BenchSpeaker.Post(server.Anyone, speaker.Introduction()).Refused("enrolment.revoked");
        await server.Db(db => db.Enrolments.Where(e => e.Kid == speaker.Key.KeyId).ExecuteDeleteAsync());
        await BenchSpeaker.Post(server.Anyone, speaker.Introduction()).Refused("enrolment.revoked");
    }

    [Fact]
    public async Task Speakers_that_stand_on_a_lost_key_are_cut_and_come_back_when_their_place_is_signed_anew()
    {
        var place = await server.Place();
        await using var speaker = new BenchSpeaker(place.Serial) { Id = place.Id };
        var (lost, delegation) = await server.Technician.Delegated(server.Running);
        var opened = await speaker.Introduce(server.Anyone);
        var claim = new { code = opened.Code, speaker = place.Id };
        var texts = await server.Technician.PostAsJsonAsync("/speakers/claim/placement", claim).Json();
        await server
            .Claim(
                new
                {
                    claim.code,
                    claim.speaker,
                    placements = Sign(texts, lost),
                }
            )
            .Json();
        await speaker.Connect();
        await speaker.State();
        await speaker.HearTimetable();
        await using var untouched = await server.Connected();

        var administrator = await server.Running.SignedIn("tinh.quantri");
        await Cut(
            "the key that placed it",
            speaker,
            () =>
                administrator.PostAsJsonAsync(
                    $"/trust/{delegation}/revoke",
                    new { reason = "mất máy", wholeKey = true }
                )
        );
        Assert.True((await server.Find(untouched.Id)).IsOnline);

        var (fresh, _) = await server.Technician.Delegated(server.Running);
        var move = new { unit = place.UnitId };
        texts = await server.Technician.PostAsJsonAsync($"/speakers/{place.Id}/move/placement", move).Json();
        await server
            .Technician.PostAsJsonAsync(
                $"/speakers/{place.Id}/move",
                new { move.unit, placements = Sign(texts, fresh) }
            )
            .Json();
        await speaker.Connect();
        await speaker.State(placement: 1);
        var heard = await speaker.Hear<PlacementMessage>(AirTopic.InPlacement);
        Assert.True(Placement.TryRead(heard.Placement, out var read, out _));
        Assert.Equal((2, fresh.KeyId), (read.Document.Version, read.KeyId));
    }

    [Fact]
    public async Task A_new_board_begins_its_own_records_and_those_of_the_old_one_stay_provable()
    {
        await using var old = await server.Connected();
        var first = old.Record(Refusal(old));
        await old.SendRecord(first);
        await old.HearAck(1);
        await using var board = new BenchSpeaker("BOARD-" + old.Serial) { Id = old.Id };
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
        // Whoever is there when the old board is shown out is shown out with it, and comes again.
        await old.Ended.WaitAsync(TimeSpan.FromMinutes(1));
        await board.Connect();
        await board.State(placement: 2);
        await board.SendRecord(board.Record(Refusal(board)));
        await board.HearAck(1);

        var boards = await server.Technician.GetAsync($"/api/speakers/{old.Id}/boards").Json();
        Assert.Equal(
            [old.Key.KeyId, board.Key.KeyId],
            boards.EnumerateArray().Select(b => b.GetProperty("kid").GetString())
        );
        Assert.All(boards.EnumerateArray(), b => Assert.Equal(1, b.GetProperty("records").GetInt32()));
        Assert.NotEqual(JsonValueKind.Null, boards[0].GetProperty("to").ValueKind);
        var stored = await server.Playout(db =>
            db.Records.AsNoTracking().Where(r => r.SpeakerId == old.Id).OrderBy(r => r.StoredAt).ToListAsync()
        );
        foreach (var (record, shown) in stored.Zip(boards.EnumerateArray()))
        {
            Assert.True(PublicKey.TryFrom(shown.GetProperty("jwk").Deserialize<Jwk>(), out var key));
            var verdict = RecordChain.Verify(RecordHead.Start, record.Jws, old.Id, key, out var link, out _);
            Assert.Equal((true, RecordLink.Next), (verdict.Ok, link));
        }
    }

    /// <summary>Does it, and measures how long the speaker still has a line.</summary>
    static async Task Cut(string what, BenchSpeaker speaker, Func<Task<HttpResponseMessage>> act)
    {
        var began = TimeProvider.System.GetTimestamp();
        await act().Json();
        await speaker.Ended.WaitAsync(Bar);
        var spent = TimeProvider.System.GetElapsedTime(began);
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: cut after {spent.TotalMilliseconds:0} ms");
        var refused = await Assert.ThrowsAsync<MqttException>(() => speaker.Connect());
        Assert.Equal(ReasonCode.NotAuthorized, refused.Reason);
    }

    static string Sign(JsonElement texts, SigningKey key) =>
        string.Join(
            '\n',
            texts
                .GetProperty("payloads")
                .EnumerateArray()
                .Select(p => Jws.Sign(key, Placement.Type, Encoding.UTF8.GetBytes(p.GetString()!)))
        );

    static AirRecord Refusal(BenchSpeaker speaker) =>
        AirRecord.Refused(
            speaker.Id,
            TimeProvider.System.GetUtcNow(),
            RefusalSubject.Command,
            Air.Refusal.CommandExpired
        );
}
