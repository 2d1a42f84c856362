using System.Globalization;
using System.Net;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Devices.Registry;
using Loa.Devices.Seed;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class SpeakerListTests(DeviceServer server)
{
    [Fact]
    public async Task The_demo_province_has_its_speakers_and_horns_the_same_each_time()
    {
        var tree = await server.Running.With<IUnits, UnitTree>(async u => await u.Today(CancellationToken.None));
        var plan = SeedSpeakers.Plan(tree);
        Assert.Equal((1_661, 3_777), (plan.Count, plan.Sum(p => p.Horns)));
        Assert.Equal(843, plan.Select(p => p.Hamlet.Id).Distinct().Count());
        Assert.Equal(177, plan.Count(p => p.Vendor != SpeakerProcedure.Own));
        var made = await server.Db(db => db.Speakers.AsNoTracking().Where(s => s.MadeUp).ToListAsync());
        Assert.Equal(1_661, made.Count);
        Assert.Equal(plan.Select(p => p.Id).Order(), made.Select(s => s.Id).Order());
        var count = await server.Running.With<ISpeakers, SpeakerCount>(async s =>
            await s.Count([.. tree.Roots.Select(r => r.Id)], CancellationToken.None)
        );
        Assert.True(count.Total >= 1_650);
    }

    [Theory]
    [InlineData("/speakers")]
    [InlineData("/speakers?q=loc+tan")]
    [InlineData("/speakers?show=offline&page=2")]
    [InlineData("/speakers?show=other-vendor")]
    [InlineData("/speakers.csv?show=all")]
    [InlineData("/api/speakers?q=DEMO-00100")]
    [InlineData("/")]
    public async Task Each_page_is_quick(string path)
    {
        await server.Technician.GetAsync(path);
        using var answer = await server.Technician.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var spent = Spent(answer);
        TestContext.Current.TestOutputHelper?.WriteLine($"{path}: {spent} ms");
        Assert.True(spent < 200, $"{path} took {spent} ms");
    }

    [Fact]
    public async Task A_search_needs_no_marks_and_finds_by_name_serial_and_commune()
    {
        var one = await server.Technician.GetAsync("/api/speakers?q=demo-00100").Json();
        Assert.Equal("DEMO-00100", one.GetProperty("speakers")[0].GetProperty("serial").GetString());
        var commune = await server.Technician.GetAsync("/api/speakers?q=thien+hung").Json();
        Assert.True(commune.GetProperty("total").GetInt32() > 3);
        var others = await server.Technician.GetAsync("/api/speakers?show=other-vendor&q=demo").Json();
        Assert.Equal(177, others.GetProperty("total").GetInt32());
        var local = await server.Running.SignedIn("thienhung.kythuat");
        Assert.Equal(
            commune.GetProperty("total").GetInt32(),
            (await local.GetAsync("/api/speakers").Json()).GetProperty("total").GetInt32()
        );
    }

    [Fact]
    public async Task A_speaker_outside_ones_reach_is_not_there()
    {
        var far = await server.Db(db =>
            db.Speakers.AsNoTracking().OrderByDescending(s => s.Serial).FirstAsync(s => s.MadeUp)
        );
        var local = await server.Running.SignedIn("phuoclong.kythuat");
        Assert.Equal(HttpStatusCode.NotFound, (await local.GetAsync($"/speakers/{far.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Technician.GetAsync($"/speakers/{far.Id}")).StatusCode);
    }

    internal static double Spent(HttpResponseMessage answer) =>
        double.Parse(answer.Headers.GetValues("Server-Timing").Single().Split("dur=")[1], CultureInfo.InvariantCulture);
}
