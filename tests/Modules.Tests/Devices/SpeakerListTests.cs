using System.Globalization;
using System.Net;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Devices.Registry;
using Loa.Devices.Seed;
using Loa.Kernel;
using Loa.Vietnamese;
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
    public async Task A_hamlet_is_found_by_its_number_and_not_by_a_serial_that_holds_it()
    {
        var found = (await server.Technician.GetAsync("/api/speakers?q=ap+2+loc+tan").Json()).GetProperty("speakers");
        Assert.NotEqual(0, found.GetArrayLength());
        Assert.All(
            found.EnumerateArray(),
            s => Assert.StartsWith("Ấp 2", s.GetProperty("unit").GetString(), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_number_in_a_name_comes_before_the_same_number_in_a_serial_from_either_end()
    {
        var hamlet = (await server.Place()).UnitId;
        var (named, numbered) = (Some("Cụm loa 98127 b", "Z-1"), Some("Cụm loa a", "Z-98127"));
        await server.Db(async db =>
        {
            db.AddRange(numbered, named);
            return await db.SaveChangesAsync();
        });

        var found = (await server.Technician.GetAsync("/api/speakers?q=98127").Json()).GetProperty("speakers");
        var file = await server.Technician.GetStringAsync("/speakers.csv?q=98127");

        Assert.Equal([named.Id, numbered.Id], found.EnumerateArray().Select(s => s.GetProperty("id").GetGuid()));
        Assert.True(
            file.IndexOf(named.Name, StringComparison.Ordinal) < file.IndexOf(numbered.Name, StringComparison.Ordinal)
        );

        Speaker Some(string name, string serial) =>
            new()
            {
                Id = Guid.CreateVersion7(),
                Name = name,
                NameKey = Vietnamese.SortKey.Of(name),
                Serial = serial,
                Search = Folding.Fold($"{name} {serial}"),
                Vendor = SpeakerProcedure.Own,
                UnitId = hamlet,
                State = SpeakerStates.Registered,
            };
    }

    [Theory]
    [InlineData("/speakers?q=demo-0010&show=all", "/speakers.csv?q=demo-0010&amp;show=all")]
    [InlineData("/units?q=loc+tan&asOf=2024-06-01", "/units.csv?q=loc%20tan&amp;asOf=2024-06-01")]
    public async Task The_file_lies_within_what_a_search_renews_and_holds_what_is_shown(string path, string file)
    {
        var page = await server.Technician.GetStringAsync(path);
        var renewed = page[page.IndexOf("id=\"results\"", StringComparison.Ordinal)..];

        Assert.Contains($"href=\"{file}\"", renewed, StringComparison.Ordinal);
        var lines = (await server.Technician.GetStringAsync(WebUtility.HtmlDecode(file))).TrimEnd().Split('\n');
        var all = await server.Technician.GetAsync("/api" + path).Json();
        Assert.Equal(all.GetProperty("total").GetInt32(), lines.Length - 1);
        Assert.NotEqual(1, lines.Length);
    }

    [Fact]
    public async Task The_heading_of_the_units_tells_the_day_that_a_search_shows()
    {
        var page = await server.Technician.GetStringAsync("/units?asOf=2024-06-01");

        var renewed = page[page.IndexOf("id=\"results\"", StringComparison.Ordinal)..];
        Assert.Contains(Words.Get("units.lead", "01/06/2024", 966), renewed, StringComparison.Ordinal);
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
}
