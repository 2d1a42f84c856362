using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Loa.Devices.Commands;
using Loa.Jose;
using Loa.People;
using Loa.Trust;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices;

/// <summary>One technician of two communes, and each commune's own.</summary>
[Collection(nameof(DeviceServer))]
public sealed class BulkCommandPartTests(DeviceServer server)
{
    [Fact]
    public async Task An_order_over_two_communes_is_seen_and_taken_back_by_each_as_far_as_it_reaches()
    {
        await using var one = await server.Enrolled();
        await using var other = await Elsewhere(await server.CommuneOf(one));
        var (here, there) = (await server.CommuneOf(one), await server.CommuneOf(other));
        var both = await server.TechnicianOf(here);
        using (var admin = await server.Running.SignedIn("tinh.quantri"))
            await admin
                .PostAsJsonAsync($"/officers/{both.Id}/posts", new { postUnit = there, postRole = "technician" })
                .Json(HttpStatusCode.Created);
        var (mine, his) = (await server.TechnicianOf(here), await server.TechnicianOf(there));
        var ordered = await both
            .Client.PostAsJsonAsync(
                "/speakers/commands",
                new
                {
                    name = "volume",
                    level = 44,
                    count = 2,
                    ids = new[] { one.Id, other.Id },
                }
            )
            .Json(HttpStatusCode.Created);
        var job = ordered.GetProperty("id").GetGuid();

        foreach (var (officer, speaker) in ((SomeOfficer, BenchSpeaker)[])[(mine, one), (his, other)])
        {
            var shown = await Show(officer, job);
            Assert.Equal(
                speaker.Id,
                shown.GetProperty("speakers").EnumerateArray().Single().GetProperty("speaker").GetGuid()
            );
            Assert.Equal(1, Tally(shown, "Waiting"));
            Assert.Contains(
                job.ToString(),
                await officer.Client.GetStringAsync("/speakers/jobs"),
                StringComparison.Ordinal
            );
            var csv = await officer.Client.GetStringAsync($"/speakers/jobs/{job}/results.csv");
            Assert.Equal(3, csv.Split("\r\n").Length);
        }
        var stranger = (await server.TechnicianBeside(here, there)).Client;
        await stranger.GetAsync($"/api/speakers/jobs/{job}").Refused("missing.job", HttpStatusCode.NotFound);
        await stranger.PostAsync($"/speakers/jobs/{job}/cancel", null).Refused("missing.job", HttpStatusCode.NotFound);

        Assert.Equal(1, await Cancel(his, job));
        Assert.Equal((1, 0), (Tally(await Show(mine, job), "Waiting"), Tally(await Show(mine, job), "Cancelled")));
        Assert.Equal((1, 1), (Tally(await Show(both, job), "Waiting"), Tally(await Show(both, job), "Cancelled")));
        await his.Client.PostAsync($"/speakers/jobs/{job}/cancel", null).Refused("job.nothing-left");
        Assert.Equal(1, await Cancel(both, job));
        Assert.Equal(
            [BulkCommandProcedure.Order, BulkCommandProcedure.CancelPart, BulkCommandProcedure.Cancel],
            await server.Db(db =>
                db.Acts.Where(a => a.CaseId == job).OrderBy(a => a.Seq).Select(a => a.Move).ToListAsync()
            )
        );
    }

    [Fact]
    public async Task An_update_names_only_a_package_that_its_orderer_was_offered()
    {
        await using var one = await server.Enrolled();
        await using var other = await Elsewhere(await server.CommuneOf(one));
        var (here, there) = (await server.CommuneOf(one), await server.CommuneOf(other));
        var (mine, his) = (await server.TechnicianOf(here), await server.TechnicianOf(there));
        var (key, _) = await mine.Client.Delegated(server.Running, "package");
        var package = await mine.Client.Draft(Parcel.Some(), Parcel.NextVersion()).Landed();
        var signed = await mine.Client.Sign(package, key);
        await mine.Client.Give(package, signed).Json();
        var update = new { name = "update", package = Jws.Digest(signed) };

        await his.Client.PostAsJsonAsync($"/speakers/{other.Id}/commands", update).Refused("command.no-package");
        await mine.Client.PostAsJsonAsync($"/speakers/{one.Id}/commands", update).Json(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_claim_by_another_communes_technician_takes_neither_place_nor_code()
    {
        var place = await server.Place();
        await using var speaker = new BenchSpeaker(place.Serial);
        var opened = await speaker.Introduce(server.Anyone);
        var stranger = (await server.TechnicianBeside(await server.CommuneOf(place.UnitId))).Client;

        foreach (var request in (object[])[new { code = opened.Code }, new { code = opened.Code, speaker = place.Id }])
        {
            using var answer = await stranger.PostAsJsonAsync("/speakers/claim", request);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }
        Assert.Null((await server.Find(place.Id)).Kid);
        await server.Claim(new { code = opened.Code, speaker = place.Id }).Json();
    }

    async Task<BenchSpeaker> Elsewhere(Guid commune)
    {
        while (true)
        {
            var speaker = await server.Enrolled();
            if (await server.CommuneOf(speaker) != commune)
                return speaker;
            await speaker.DisposeAsync();
        }
    }

    static async Task<int> Cancel(SomeOfficer officer, Guid job) =>
        (await officer.Client.PostAsync($"/speakers/jobs/{job}/cancel", null).Json())
            .GetProperty("takenBack")
            .GetInt32();

    static Task<JsonElement> Show(SomeOfficer officer, Guid job) =>
        officer.Client.GetAsync($"/api/speakers/jobs/{job}").Json();

    static int Tally(JsonElement shown, string fate) =>
        shown.GetProperty("tally").TryGetProperty(fate, out var count) ? count.GetInt32() : 0;
}
