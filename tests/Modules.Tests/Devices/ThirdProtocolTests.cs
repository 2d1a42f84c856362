using System.Net;
using System.Text;
using System.Text.Json;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Ledger;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Playout.AsRun;
using Loa.Playout.Witness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

/// <summary>What came with protocol 3, and that a speaker of 2 is spared it.</summary>
[Collection(nameof(DeviceServer))]
public sealed class ThirdProtocolTests(DeviceServer server)
{
    [Fact]
    public async Task A_speaker_says_who_made_it_and_what_it_can_and_is_offered_no_more()
    {
        var place = await server.Place();
        await using var speaker = new BenchSpeaker("FOREIGN-1") { Vendor = "Công ty Loa", Can = ["volume", "stop"] };
        var opened = await speaker.Introduce(server.Anyone);
        var claimed = await server
            .Claim(
                new
                {
                    code = opened.Code,
                    unit = place.UnitId,
                    name = "Cụm loa của hãng khác",
                }
            )
            .Json();
        speaker.Id = claimed.GetProperty("id").GetGuid();
        await speaker.Connect();
        await speaker.State();

        await RunningServer.Until(async () => (await server.Find(speaker.Id)).Can == "volume stop", "what it can");
        Assert.Equal("Công ty Loa", (await server.Find(speaker.Id)).Vendor);
        var page = await server.Technician.GetStringAsync($"/speakers/{speaker.Id}");
        Assert.Contains("value=\"volume\"", page);
        Assert.DoesNotContain("value=\"restart\"", page);
        using var refused = await server.Technician.PostAsync(
            $"/speakers/{speaker.Id}/commands",
            new StringContent("""{"name":"identify"}""", Encoding.UTF8, "application/json")
        );
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("command.not-built", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_sounded_unordered_stands_on_the_speaker_s_page()
    {
        await using var speaker = await server.Connected();
        var at = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var source in new[] { "fm", "gsm-2" })
            await speaker.SendRecord(
                speaker.Record(
                    new AirRecord(speaker.Id, 0, "", at, RecordKind.Local)
                    {
                        Source = source,
                        Start = at.AddMinutes(-2),
                        End = at.AddMinutes(-1),
                    }
                )
            );
        await speaker.HearAck(2);

        var page = await server.Technician.GetStringAsync($"/speakers/{speaker.Id}");
        Assert.Contains(Words.Get("speaker.locals"), WebUtility.HtmlDecode(page));
        Assert.Contains(Words.Get("source.fm"), WebUtility.HtmlDecode(page));
        Assert.Contains("gsm-2", page);
        var json = await server.Technician.GetAsync($"/api/speakers/{speaker.Id}").Json();
        Assert.Equal(
            ["fm", "gsm-2"],
            json.GetProperty("locals").EnumerateArray().Select(l => l.GetProperty("source").GetString()).Order()
        );
    }

    [Fact]
    public async Task A_health_report_loses_only_the_member_that_does_not_fit()
    {
        await using var speaker = await server.Connected();
        await speaker.Publish(
            Topics.Of(speaker.Id, AirTopic.OutHealth),
            """{"at":1,"mains":true,"temperature":41.7,"battery":200,"link":"lorawan","signal":-90,"more":[{"name":"cửa tủ","value":"đóng"}]}"""u8.ToArray()
        );
        var latest = server.Running.Services.GetRequiredService<LatestHealth>();
        await RunningServer.Until(
            () => Task.FromResult(latest.Find(speaker.Id)?.Now() is not null),
            "how the speaker fares"
        );
        var known = latest.Find(speaker.Id)!.Now()!.Vitals;
        Assert.Equal(
            (true, (int?)null, (int?)null, -90),
            (known.Mains, known.Temperature, known.Battery, known.Signal)
        );
        Assert.Equal([new HealthReading("cửa tủ", "đóng")], known.More!);
        Assert.Contains("cửa tủ", await server.Technician.GetStringAsync($"/speakers/{speaker.Id}"));
    }

    [Fact]
    public async Task A_refused_introduction_names_the_reason_and_the_member()
    {
        var speaker = new BenchSpeaker("FOREIGN-2");
        var spoiled = Jose.Jws.Sign(
            speaker.Key,
            Enrolment.Type,
            Encoding.UTF8.GetBytes(Payload(speaker.Introduction()).Replace("\"horns\":2", "\"horns\":0"))
        );
        using var answer = await BenchSpeaker.Post(server.Anyone, spoiled);
        var problem = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        Assert.Equal(
            ("enrolment.proof", "jws.malformed", "horns"),
            (
                problem.GetProperty("code").GetString(),
                problem.GetProperty("reason").GetString(),
                problem.GetProperty("member").GetString()
            )
        );
    }

    [Fact]
    public async Task What_began_before_a_speaker_had_its_place_is_not_for_it()
    {
        var place = await server.Place();
        var before = await server.Air(place.UnitId);
        var speaker = new BenchSpeaker(place.Serial) { Id = place.Id };
        var opened = await speaker.Introduce(server.Anyone);
        await server.Claim(new { code = opened.Code, speaker = place.Id }).Json();
        await speaker.Connect();
        await speaker.State();
        var after = await server.Air(place.UnitId);

        Timetable timetable;
        do timetable = await speaker.HearTimetable();
        while (timetable.Items.All(item => item.Broadcast != after.Broadcast));
        Assert.DoesNotContain(timetable.Items, item => item.Broadcast == before.Broadcast);
        await speaker.DisposeAsync();
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task Heads_of_the_ledger_are_given_to_who_knows_them(int protocol, bool isGiven)
    {
        var place = await server.Place();
        await using var speaker = new BenchSpeaker(place.Serial) { Id = place.Id, Protocol = protocol };
        var opened = await speaker.Introduce(server.Anyone);
        await server.Claim(new { code = opened.Code, speaker = place.Id }).Json();
        var ledger = server.Running.Services.GetRequiredService<ILedgerHead>();
        await RunningServer.Until(() => Task.FromResult(ledger.Newest.Count > 0), "a head is sealed");
        await speaker.Connect();
        await speaker.State();
        var ack = await speaker.HearAck(0);
        Assert.True(Acknowledgement.TryRead(ack.Ack, out var read, out _));
        Assert.Equal(isGiven, read.Document.Head is not null);
    }

    [Fact]
    public async Task A_ledger_that_does_not_hold_what_a_speaker_signed_is_convicted()
    {
        await using var speaker = await server.Connected();
        var real = new NotedHead("newsroom", 1, new string('e', 64));
        await speaker.SendRecord(speaker.Record(AirRecord.Noted(speaker.Id, TimeProvider.System.GetUtcNow(), real)));
        await speaker.HearAck(1);

        var heads = await Witnessed("newsroom");
        Assert.Contains(heads, head => head.Number == 1 && head.Hash == real.Hash);
        await using var scope = server.Running.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Newsroom.Data.NewsroomDb>();
        var report = await scope.ServiceProvider.GetRequiredService<Ledger>().Verify(db, heads, CancellationToken.None);
        Assert.Contains(real.Hash, report.Fault);

        // Taking the record away breaks the chain that the speaker signed.
        Assert.Empty(await Faults(speaker.Id));
        await speaker.SendRecord(
            speaker.Record(
                AirRecord.Refused(speaker.Id, TimeProvider.System.GetUtcNow(), RefusalSubject.Time, "time.nonce")
            )
        );
        await speaker.HearAck(2);
        await server.Playout(playout =>
            playout.Records.Where(r => r.SpeakerId == speaker.Id && r.Seq == 1).ExecuteDeleteAsync()
        );
        Assert.Single(await Faults(speaker.Id));
        await server.Playout(playout => playout.Records.Where(r => r.SpeakerId == speaker.Id).ExecuteDeleteAsync());
        Assert.Single(await Faults(speaker.Id));
        await server.Db(devices =>
            devices
                .Speakers.Where(s => s.Id == speaker.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.RecordSeq, 0))
        );
    }

    Task<IReadOnlyList<Anchor>> Witnessed(string module) =>
        server.Running.With<IEnumerable<IHeadWitnesses>, IReadOnlyList<Anchor>>(all =>
            all.Single().Heads(module, CancellationToken.None)
        );

    async Task<IEnumerable<string>> Faults(Guid speaker)
    {
        var rule = server.Running.Services.GetServices<ILedgerRule>().OfType<RecordChainRule>().Single();
        var faults = await server.Db(devices => rule.Faults(devices, CancellationToken.None));
        return faults.Where(fault => fault.Contains($"{speaker}", StringComparison.Ordinal));
    }

    static string Payload(string compact) =>
        Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(compact.Split('.')[1]));
}
