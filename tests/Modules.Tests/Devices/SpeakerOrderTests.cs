using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Loa.Contracts.People;
using Loa.Devices.Overview;
using Loa.Kernel;
using Loa.Vietnamese;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class SpeakerOrderTests(DeviceServer server)
{
    [Fact]
    public async Task Speakers_stand_by_commune_hamlet_and_number_unless_asked_otherwise()
    {
        var tree = await server.Running.With<IUnits, UnitTree>(async u => await u.Today(CancellationToken.None));

        var listed = await All("q=loa+so&unit=Xã+Lộc+Tấn");

        string[] places = [.. listed.Select(s => Place(tree, s))];
        Assert.True(places.Length > 5);
        Assert.Equal(places.Order(StringComparer.Ordinal), places);
        Assert.True(places.Select(p => p.Split('/')[^2]).Distinct().Count() > 2);
    }

    [Fact]
    public async Task Each_order_is_the_same_from_page_to_page_and_turns_round()
    {
        // Others' tests replace boards of the demo meanwhile.
        var listed = (await server.Technician.GetAsync("/api/speakers?q=demo").Json()).GetProperty("total").GetInt32();
        Assert.True(listed > 1_600);
        foreach (var column in SpeakerList.Shape.Heads.Where(h => h.Sorts).Select(h => h.Key))
        {
            var (up, down) = (await Ids($"q=demo&sort={column}"), await Ids($"q=demo&sort=-{column}"));

            Assert.Equal(listed, up.Distinct().Count());
            Assert.True(up.Reverse().SequenceEqual(down), column);
        }
    }

    [Fact]
    public async Task What_the_address_says_wrongly_is_as_if_it_were_not_said()
    {
        var listed = await server.Technician.GetAsync("/api/speakers?page=abc&size=7&sort=no-such&columns=no").Json();

        Assert.Equal(25, listed.GetProperty("speakers").GetArrayLength());
        Assert.Equal(1, listed.GetProperty("page").GetInt32());
    }

    [Fact]
    public async Task A_unit_that_there_is_not_holds_no_speaker()
    {
        var listed = await server.Technician.GetAsync("/api/speakers?unit=Không+có+nơi+này").Json();

        Assert.Equal(0, listed.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task An_order_to_all_that_is_listed_keeps_its_unit_and_model()
    {
        var inCommune = await server.Technician.GetAsync("/api/speakers?unit=Xã+Lộc+Tấn").Json();
        var model = inCommune.GetProperty("models")[0].GetString()!;

        var page = await server.Technician.GetStringAsync(
            $"/speakers?unit=Xã+Lộc+Tấn&sort=name&size=50&model={Uri.EscapeDataString(model)}"
        );

        var link = WebUtility.HtmlDecode(Regex.Match(page, "href=\"(/speakers/commands[^\"]*)\"").Groups[1].Value);
        var unit = inCommune.GetProperty("speakers")[0].GetProperty("unitId").GetGuid();
        var tree = await server.Running.With<IUnits, UnitTree>(async u => await u.Today(CancellationToken.None));
        Assert.Contains($"unit={tree.Find(unit)!.ParentId}", link, StringComparison.Ordinal);
        Assert.Contains($"model={Uri.EscapeDataString(model)}", link, StringComparison.Ordinal);
        var prepared = await server.Technician.GetStringAsync("/speakers/commands?all=true&model=Kh%C3%B4ng+c%C3%B3");
        Assert.Contains(Words.Get("refused.commands.nobody"), prepared, StringComparison.Ordinal);
    }

    static string Place(UnitTree tree, JsonElement speaker) =>
        string.Join(
            '/',
            tree.PathOf(speaker.GetProperty("unitId").GetGuid())
                .Select(tree.NameOf)
                .Append(speaker.GetProperty("name").GetString()!)
                .Select(SortKey.Of)
        );

    async Task<IReadOnlyList<Guid>> Ids(string query) =>
        [.. (await All(query)).Select(s => s.GetProperty("id").GetGuid())];

    async Task<IReadOnlyList<JsonElement>> All(string query)
    {
        var all = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var some = await server.Technician.GetAsync($"/api/speakers?{query}&size=100&page={page}").Json();
            all.AddRange(some.GetProperty("speakers").EnumerateArray());
            if (some.GetProperty("speakers").GetArrayLength() < 100)
                return all;
        }
    }
}
