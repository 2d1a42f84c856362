using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Air;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.People;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class EndedRightTests(DeviceServer server)
{
    [Fact]
    public async Task What_waits_of_a_dismissed_officer_is_not_signed_and_the_technician_sees_why()
    {
        await using var speaker = await server.Enrolled();
        await using var another = await server.Enrolled();
        var officer = await SomeOfficer.New(server.Running, "technician", where: "tinh.kythuat");
        await officer
            .Client.PostAsJsonAsync($"/speakers/{speaker.Id}/commands", new { name = "volume", level = 0 })
            .Json(HttpStatusCode.Created);
        await officer
            .Client.PostAsJsonAsync(
                "/speakers/commands",
                new
                {
                    name = "volume",
                    level = 0,
                    count = 1,
                    ids = new[] { another.Id },
                }
            )
            .Json(HttpStatusCode.Created);
        using var admin = await server.Running.SignedIn("tinh.quantri");
        await admin.PostAsJsonAsync($"/officers/{officer.Id}/lock", new { reason = "thôi việc" }).Json();

        foreach (var one in new[] { speaker, another })
        {
            await one.Connect();
            await one.State();
            await RunningServer.Until(async () => await Fate(one) == "Refused", "it is refused");
            Assert.Equal(0, one.Waiting(AirTopic.InCommand));
            var page = WebUtility.HtmlDecode(await server.Technician.GetStringAsync($"/speakers/{one.Id}"));
            Assert.Contains(Words.Get("reason.command.right-ended"), page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_command_does_not_follow_its_speaker_out_of_the_orderers_reach()
    {
        await using var speaker = await server.Enrolled();
        var (home, elsewhere) = ((await server.Find(speaker.Id)).UnitId, await Unit("loctan.bientap"));
        var officer = await SomeOfficer.New(server.Running, "technician");
        await Move(speaker, elsewhere);
        await officer
            .Client.PostAsJsonAsync($"/speakers/{speaker.Id}/commands", new { name = "volume", level = 5 })
            .Json(HttpStatusCode.Created);
        await Move(speaker, await Unit("thienhung.bientap"));

        await speaker.Connect();
        await speaker.State();

        await RunningServer.Until(async () => await Fate(speaker) == "Refused", "it is refused");
        Assert.Equal(0, speaker.Waiting(AirTopic.InCommand));
        await Move(speaker, home);
    }

    Task<int> Move(BenchSpeaker speaker, Guid unit) =>
        server.Db(db =>
            db.Speakers.Where(s => s.Id == speaker.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.UnitId, unit))
        );

    async Task<Guid> Unit(string account)
    {
        using var client = await server.Running.SignedIn(account);
        return (await client.GetAsync("/api/me").Json()).GetProperty("posts")[0].GetProperty("unitId").GetGuid();
    }

    async Task<string?> Fate(BenchSpeaker speaker)
    {
        var commands = (await server.Technician.GetAsync($"/api/speakers/{speaker.Id}").Json()).GetProperty("commands");
        return commands[0].GetProperty("fate").GetString();
    }
}
