using System.Net;
using System.Net.Http.Json;
using Loa.People;

namespace Loa.Lists;

public sealed class SavedViewTests(RunningServer server)
{
    const string Address = "/bulletins?state=approved&sort=title";

    [Fact]
    public async Task A_list_is_saved_as_it_is_shown_under_a_name_of_ones_own()
    {
        var officer = await SomeOfficer.New(server);
        var page = WebUtility.HtmlDecode(await officer.Client.GetStringAsync("/bulletins?sort=title&state=approved"));
        Assert.Contains($"/views?save={Uri.EscapeDataString(Address)}", page, StringComparison.Ordinal);

        await Save(officer, "Đã duyệt", Address);
        await Save(officer, "Khác", "/bulletins?q=khac");
        await Save(officer, "Khác", "/bulletins?q=moi");

        var list = WebUtility.HtmlDecode(await officer.Client.GetStringAsync("/bulletins"));
        Assert.Contains($"href=\"{Address}\"", list, StringComparison.Ordinal);
        Assert.Contains(">Đã duyệt</a>", list, StringComparison.Ordinal);
        Assert.Contains("href=\"/bulletins?q=moi\"", list, StringComparison.Ordinal);
        Assert.DoesNotContain("q=khac", list, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Đã duyệt</a>",
            await officer.Client.GetStringAsync("/broadcasts"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Đã duyệt",
            WebUtility.HtmlDecode(await officer.Client.GetStringAsync("/views")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_two_views_saved_at_once_under_one_name_the_later_is_kept()
    {
        var officer = await SomeOfficer.New(server);
        string[] addresses = [.. Enumerable.Range(0, 8).Select(i => $"/bulletins?q={i}")];

        var saved = await Task.WhenAll(addresses.Select(address => Save(officer, "Bấm hai lần", address)));

        Assert.Single(saved.Distinct());
        var list = WebUtility.HtmlDecode(await officer.Client.GetStringAsync("/bulletins"));
        Assert.Single(addresses, address => list.Contains($"href=\"{address}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_sees_or_removes_anothers_view()
    {
        var (officer, other) = (await SomeOfficer.New(server), await SomeOfficer.New(server));
        var view = await Save(officer, "Riêng tôi", Address);

        Assert.DoesNotContain(
            "Riêng tôi",
            WebUtility.HtmlDecode(await other.Client.GetStringAsync("/bulletins")),
            StringComparison.Ordinal
        );
        await other.Client.PostAsync($"/views/{view}/remove", null).Refused("missing.view", HttpStatusCode.NotFound);
        await officer.Client.PostAsync($"/views/{view}/remove", null).Json();
        Assert.DoesNotContain(
            "Riêng tôi",
            WebUtility.HtmlDecode(await officer.Client.GetStringAsync("/bulletins")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("//khac.example/x")]
    [InlineData("https://khac.example/")]
    [InlineData("/\\khac.example")]
    public async Task A_view_never_leads_out_of_the_house(string address)
    {
        var officer = await SomeOfficer.New(server);

        await Save(officer, "Ra ngoài", address);

        var page = await officer.Client.GetStringAsync($"/views?save={Uri.EscapeDataString(address)}");
        foreach (var attribute in (string[])["href", "value"])
            Assert.DoesNotContain($"{attribute}=\"{address}\"", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    static async Task<Guid> Save(SomeOfficer officer, string viewName, string address) =>
        (await officer.Client.PostAsJsonAsync("/views", new { viewName, address }).Json()).GetProperty("id").GetGuid();
}
