using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Air;
using Loa.Devices.Commands;
using Loa.Devices.Health;
using Loa.Kernel;
using Loa.Lists;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class BulkCommandTests(DeviceServer server)
{
    [Fact]
    public async Task One_order_goes_to_many_and_says_of_each_what_became_of_it()
    {
        await using var good = await server.Connected();
        await using var bad = await server.Connected();
        await using var silent = await server.Connected();
        await using var away = await server.Enrolled();
        Guid[] ids = [good.Id, bad.Id, silent.Id, away.Id];
        var job = await Order(
                new
                {
                    name = "identify",
                    count = 4,
                    ids,
                }
            )
            .Json(HttpStatusCode.Created);
        Assert.Equal((4, 1), (job.GetProperty("speakers").GetInt32(), job.GetProperty("notConnected").GetInt32()));
        var id = job.GetProperty("id").GetGuid();

        await Answer(good, CommandState.Received);
        await Answer(good, CommandState.Done, found: new ReadBack(Volume: 41));
        await Answer(bad, CommandState.Failed, "output.gone");
        await silent.Hear<CommandMessage>(AirTopic.InCommand);
        await RunningServer.Until(async () => Tally(await Show(id), "Failed") == 1, "the answers are counted");
        var shown = await Show(id);
        Assert.Equal((1, 1, 1), (Tally(shown, "Done"), Tally(shown, "Sent"), Tally(shown, "NotSent")));
        Assert.False(shown.GetProperty("over").GetBoolean());
        Assert.Equal(["Failed", "NotSent"], [.. Fates(shown).Take(2).Order()]);
        Assert.Equal("Done", Fates(shown).Last());

        // The one that says nothing is told as such when its time is over.
        await server.Db(db =>
            db.Commands.Where(c => c.JobId == id && c.SpeakerId == silent.Id)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(c => c.Expires, server.Running.Clock.GetUtcNow().AddMinutes(-1))
                )
        );
        shown = await Show(id);
        Assert.Equal((1, true), (Tally(shown, "Unanswered"), shown.GetProperty("over").GetBoolean()));

        var csv = await server.Technician.GetStringAsync($"/speakers/jobs/{id}/results.csv");
        Assert.Equal(6, csv.Split("\r\n").Length);
        Assert.Contains("41", csv, StringComparison.Ordinal);
        foreach (
            var list in (string[])[$"/speakers/jobs/{id}?columns=serial,found,ended", "/speakers/jobs?sort=ordered"]
        )
            await (await ShownList.Read(server.Technician, list)).IsTakenAwayAsShown(server.Technician);
        var page = await server.Technician.GetStringAsync($"/speakers/jobs/{id}");
        Assert.Contains($"/speakers/{bad.Id}", page, StringComparison.Ordinal);
        Assert.Contains(
            id.ToString(),
            await server.Technician.GetStringAsync("/speakers/jobs"),
            StringComparison.Ordinal
        );

        // An auditor reads what was ordered, not what programs call it.
        using var auditor = await server.Running.SignedIn("tinh.kiemtra");
        foreach (var list in (string[])["/ledger?part=devices&size=100", "/ledger.csv?part=devices"])
            Assert.Contains(
                Words.Get("command.identify"),
                WebUtility.HtmlDecode(await auditor.GetStringAsync(list)),
                StringComparison.Ordinal
            );

        // Again, but only where it came to nothing.
        var again = await server.Technician.PostAsync($"/speakers/jobs/{id}/retry", null).Json(HttpStatusCode.Created);
        Assert.Equal(3, again.GetProperty("speakers").GetInt32());
        await bad.Hear<CommandMessage>(AirTopic.InCommand);
    }

    [Fact]
    public async Task What_waits_is_sent_when_the_speaker_comes_and_may_be_taken_back_before()
    {
        await using var first = await server.Enrolled();
        await using var second = await server.Enrolled();
        Guid[] ids = [first.Id, second.Id];
        var job = (
            await Order(
                    new
                    {
                        name = "volume",
                        level = 33,
                        count = 2,
                        ids,
                    }
                )
                .Json(HttpStatusCode.Created)
        ).GetProperty("id").GetGuid();
        Assert.Equal(2, Tally(await Show(job), "Waiting"));

        await first.Connect();
        var heard = await first.Hear<CommandMessage>(AirTopic.InCommand);
        Assert.True(Command.TryRead(heard.Command, out var read, out _));
        Assert.Equal(33, read.Document.Args.Level);
        await RunningServer.Until(async () => Tally(await Show(job), "Sent") == 1, "it is sent");

        var taken = await server.Technician.PostAsync($"/speakers/jobs/{job}/cancel", null).Json();
        Assert.Equal(1, taken.GetProperty("takenBack").GetInt32());
        Assert.Equal(1, Tally(await Show(job), "Cancelled"));
        await server.Technician.PostAsync($"/speakers/jobs/{job}/cancel", null).Refused("job.nothing-left");
    }

    [Fact]
    public async Task Nobody_more_is_commanded_than_was_shown_and_only_within_reach()
    {
        await using var one = await server.Connected();
        await using var other = await server.Connected();
        Guid[] both = [one.Id, other.Id];
        await Order(
                new
                {
                    name = "stop",
                    count = 1,
                    ids = both,
                }
            )
            .Refused("commands.more");
        await Order(new { name = "stop", count = 1_000_000 }).Refused("commands.nobody");
        await Order(
                new
                {
                    name = "reboot",
                    count = 1,
                    all = true,
                }
            )
            .Refused("invalid", HttpStatusCode.BadRequest);

        // A commune's technician reaches nothing elsewhere, whatever he names.
        var far = await server.TechnicianBeside(await server.CommuneOf(one), await server.CommuneOf(other));
        var refused = far.Client.PostAsJsonAsync(
            "/speakers/commands",
            new
            {
                name = "stop",
                count = 2,
                ids = both,
            }
        );
        await refused.Refused("commands.nobody");
        // Giving speakers away is not for those who keep them.
        var away = await Order(
            new
            {
                name = "change-server",
                server = "https://other.example",
                count = 2,
                ids = both,
            }
        );
        Assert.Equal(HttpStatusCode.Forbidden, away.StatusCode);
    }

    [Fact]
    public async Task The_page_names_how_many_before_anything_is_sent()
    {
        await using var one = await server.Connected();
        await using var two = await server.Connected();
        var page = await server.Technician.GetStringAsync($"/speakers/commands?ids={one.Id}&ids={two.Id}");
        Assert.Contains("""name="Count" value="2" """.TrimEnd(), page, StringComparison.Ordinal);
        Assert.Contains(
            "Gửi lệnh “Phát tiếng bíp để tìm loa” tới 2 cụm loa?",
            WebUtility.HtmlDecode(page),
            StringComparison.Ordinal
        );
        var unit = (await server.Find(one.Id)).UnitId;
        var hamlet = await server.Technician.GetStringAsync($"/speakers/commands?unit={unit}");
        Assert.DoesNotContain("""name="Count" value="0" """.TrimEnd(), hamlet, StringComparison.Ordinal);
        await server.Technician.GetStringAsync("/speakers/commands?all=true&show=online");
        Assert.Contains(
            "Chưa chọn",
            WebUtility.HtmlDecode(await server.Technician.GetStringAsync("/speakers/commands")),
            StringComparison.Ordinal
        );
    }

    Task<HttpResponseMessage> Order(object order) => server.Technician.PostAsJsonAsync("/speakers/commands", order);

    Task<JsonElement> Show(Guid job) => server.Technician.GetAsync($"/api/speakers/jobs/{job}").Json();

    static int Tally(JsonElement job, string fate) =>
        job.GetProperty("tally").TryGetProperty(fate, out var count) ? count.GetInt32() : 0;

    static IEnumerable<string> Fates(JsonElement job) =>
        job.GetProperty("speakers").EnumerateArray().Select(s => s.GetProperty("fate").GetString()!);

    static async Task Answer(BenchSpeaker speaker, CommandState state, string? reason = null, ReadBack? found = null)
    {
        if (speaker.Commanded == Guid.Empty)
        {
            var heard = await speaker.Hear<CommandMessage>(AirTopic.InCommand);
            Assert.True(Command.TryRead(heard.Command, out var read, out _));
            speaker.Commanded = read.Document.Id;
        }
        await speaker.Say(
            AirTopic.OutReceipt,
            new ReceiptMessage(speaker.Commanded, state, TimeProvider.System.GetUtcNow(), reason, found).ToBytes()
        );
    }
}
