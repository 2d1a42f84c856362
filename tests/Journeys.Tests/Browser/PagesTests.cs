using System.Globalization;
using Loa.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Loa.Browser;

/// <summary>Every main page, on a phone and on a desk: it fits, all can use it, and it says nothing in the console.</summary>
[Collection("town")]
public sealed class PagesTests(Town town, PageLooks looks) : IClassFixture<PageLooks>
{
    static readonly (string Path, string? Account)[] Pages =
    [
        ("/sign-in", null),
        ("/sign-in/first", null),
        ("/", "thienhung.bientap"),
        ("/", "tinh.kythuat"),
        ("/bulletins", "thienhung.bientap"),
        ("/bulletins/{submitted}", "thienhung.duyet"),
        ("/bulletins/{draft}", "thienhung.bientap"),
        ("/bulletins/{withdrawn}", "thienhung.bientap"),
        ("/bulletins/new", "thienhung.bientap"),
        ("/bulletins/{draft}/edit", "thienhung.bientap"),
        ("/broadcasts", "thienhung.duyet"),
        ("/broadcasts/new?bulletin={aired}", "thienhung.duyet"),
        ("/broadcasts/{broadcast}", "thienhung.duyet"),
        ("/programmes", "thienhung.duyet"),
        ("/programmes/new", "thienhung.duyet"),
        ("/programmes/{programme}", "thienhung.duyet"),
        ("/programmes/{programme}/edit", "thienhung.duyet"),
        ("/week", "thienhung.duyet"),
        ("/speakers", "tinh.kythuat"),
        ("/speakers?show=refusing", "tinh.kythuat"),
        ("/speakers/{speaker}", "thienhung.kythuat"),
        ("/speakers/{speaker}/health", "thienhung.kythuat"),
        ("/speakers/{speaker}/plays", "thienhung.kythuat"),
        ("/speakers/{speaker}/commands", "thienhung.kythuat"),
        ("/speakers/{speaker}/heard", "thienhung.kythuat"),
        ("/speakers/claim", "thienhung.kythuat"),
        ("/speakers/claim?code={code}&q=thanh", "thienhung.kythuat"),
        ("/speakers/beforehand", "thienhung.kythuat"),
        ("/speakers/commands?all=true", "tinh.kythuat"),
        ("/speakers/jobs", "tinh.kythuat"),
        ("/speakers/jobs/{job}", "tinh.kythuat"),
        ("/speakers/beforehand/{list}", "tinh.kythuat"),
        ("/packages", "tinh.kythuat"),
        ("/packages/new", "tinh.kythuat"),
        ("/packages/{package}", "tinh.kythuat"),
        ("/rollouts/new", "tinh.kythuat"),
        ("/rollouts/{rollout}", "tinh.kythuat"),
        ("/keys", "tinh.kythuat"),
        ("/units", "tinh.quantri"),
        ("/officers", "tinh.quantri"),
        ("/officers/new", "tinh.quantri"),
        ("/officers/import", "tinh.quantri"),
        ("/ledger", "tinh.kiemtra"),
        ("/trust", "tinh.quantri"),
        ("/trust/root", "tinh.quantri"),
        ("/speakers/root", "tinh.kythuat"),
        ("/account", "thienhung.duyet"),
        ("/views?save=/bulletins%3Fstate%3Dapproved", "thienhung.duyet"),
        ("/help?page=/bulletins", "thienhung.duyet"),
        ("/notices", "thienhung.duyet"),
        ("/notices?show=unread", "thienhung.duyet"),
        ("/notices/choices", "thienhung.duyet"),
        ("/notices/mail", "thienhung.duyet"),
        ("/security", "tinh.quantri"),
        ("/retention", "tinh.quantri"),
        ("/retention/logs?then=delete&after=7", "tinh.quantri"),
        ("/retention/records?then=archive&after=365", "tinh.quantri"),
        ("/security?kind=failure", "tinh.kiemtra"),
        ("/", "tinh.quantri"),
        ("/", "tinh.kiemtra"),
        ("/units/faults", "tinh.quantri"),
        ("/units/{unit}", "tinh.quantri"),
        ("/airtime", "thienhung.duyet"),
        ("/airtime/{unit}", "thienhung.duyet"),
        ("/airtime/{unit}/edit", "thienhung.duyet"),
        ("/officers/{officer}", "tinh.quantri"),
        ("/keys", "thienhung.duyet"),
        ("/gallery", "tinh.quantri"),
    ];

    // What a browser fetches besides pages, and pages whose thing the town has not: their own tests look at those.
    static readonly string[] NoPages =
    [
        "api/{**rest}",
        "air/{**rest}",
        "files/{**rest}",
        "gallery/sample.wav",
        "metrics",
        "{file}.csv",
        "{file}.xlsx",
        "{list}/{file}.csv",
        "{list}/{file}.xlsx",
        "{list}/{id}/{file}.csv",
        "{list}/{id}/{file}.xlsx",
        "speakers/jobs/{id}/results.csv",
        "speakers/jobs/{id}/results.xlsx",
        "worker.js",
        "manifest.webmanifest",
        "notices/{id}",
        "live/events",
        "broadcasts/{id}/audio",
        "week/{unit}.ics",
        "bulletins/{id}/audio",
        "bulletins/{id}/release",
        "bulletins/{id}/units",
        "bulletins/preview/{key}",
        "bulletins/preview/{key}/progress",
        "bulletins/sentences/{key}",
        "bulletins/{id}/sound",
        "packages/{id}/document",
        "retention/archives/{id}",
        "trust/revocations/due",
        "trust/root/draft",
        "trust/{id}/{document}",
        "speakers/{id}/logs/{command}",
        "speakers/{id}/logs/{command}/text",
    ];

    /// <summary>A page is looked at as soon as it has a route, and whatever the menu leads to.</summary>
    [Fact]
    public void NoPageIsForgotten()
    {
        var looked = Pages.Select(page => page.Path.Split('?')[0]).ToHashSet(StringComparer.Ordinal);
        var others = NoPages.Select(pattern => new TemplateMatcher(TemplateParser.Parse(pattern), [])).ToList();
        var routes = town
            .Server.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(e => "/" + e.RoutePattern.RawText!.Trim('/'))
            .Concat(town.Server.Services.GetServices<NavItem>().Select(item => item.Url))
            .Distinct(StringComparer.Ordinal);
        Assert.All(
            routes,
            route => Assert.True(others.Exists(other => other.TryMatch(route, [])) || IsLookedAt(route), route)
        );

        bool IsLookedAt(string route) =>
            looked.Any(page => new TemplateMatcher(TemplateParser.Parse(Plain(route)), []).TryMatch(page, []));
    }

    // Without what a parameter has to be: the pages' addresses have words in its place.
    static string Plain(string route) =>
        string.Join(
            '/',
            route.Trim('/').Split('/').Select(part => part.Split(':') is [var name, _] ? name + "}" : part)
        );

    /// <summary>Who has never been here waits for little, on whatever line.</summary>
    [Fact]
    public async Task AFirstVisitIsLight()
    {
        const int most = 200 * 1024;
        await using var visit = await town.Stranger();
        await visit.Page.GotoAsync("/sign-in", new() { WaitUntil = WaitUntilState.Load });
        await visit.Page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
        var bytes = await visit.Page.EvaluateAsync<int>(
            """
            () => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
              .reduce((sum, entry) => sum + entry.transferSize, 0)
            """
        );
        Assert.InRange(bytes, 1, most);
        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes / 1024} KB");
    }

    public static TheoryData<string, string?> PagesAndOfficers() => [.. Pages];

    [Theory]
    [MemberData(nameof(PagesAndOfficers))]
    public Task FitsAndServesEverybody(string path, string? account) => looks.At(Pages, (path, account), Look);

    async Task Look((string Path, string? Account) page, Chromium chromium)
    {
        const int phone = Visit.Phone;
        await using var visit = await town.Visitor(chromium, page.Account, phone);
        var answer = await visit.Page.GotoAsync(Resolve(page.Path));
        Assert.True(answer!.Ok, $"{page.Path}: {answer.Status}");
        // By day in the hand, by night at the desk: the page that is open follows the device.
        foreach (var (width, night) in new[] { (phone, false), (Visit.Desk, true) })
        {
            await visit.Widen(width);
            await visit.Light(false);
            await visit.Picture(PictureName(page.Path, page.Account, width));
            await visit.Light(night);
            if (night)
                await visit.Picture(PictureName(page.Path, page.Account, width) + "_night");
            await visit.Fits();
            await visit.SaysWhatToDo();
            await visit.IsAccessible();
            await visit.KeepsItsBarInView();
            if (width == phone)
                await visit.IsTouchable();
        }
        await visit.Widen(Visit.Wall);
        await visit.Fits();
        await visit.KeepsItsBarInView();
        visit.WentQuietly();
    }

    string Resolve(string path) =>
        path.Replace("{aired}", town.Aired.ToString(), StringComparison.Ordinal)
            .Replace("{submitted}", town.Submitted.ToString(), StringComparison.Ordinal)
            .Replace("{withdrawn}", town.Withdrawn.ToString(), StringComparison.Ordinal)
            .Replace("{code}", Uri.EscapeDataString(town.Code), StringComparison.Ordinal)
            .Replace("{draft}", town.Draft.ToString(), StringComparison.Ordinal)
            .Replace("{broadcast}", town.Broadcast.ToString(), StringComparison.Ordinal)
            .Replace("{programme}", town.Programme.ToString(), StringComparison.Ordinal)
            .Replace("{job}", town.Job.ToString(), StringComparison.Ordinal)
            .Replace("{package}", town.Package.ToString(), StringComparison.Ordinal)
            .Replace("{rollout}", town.Rollout.ToString(), StringComparison.Ordinal)
            .Replace("{list}", town.List.ToString(), StringComparison.Ordinal)
            .Replace("{unit}", town.UnitId.ToString(), StringComparison.Ordinal)
            .Replace("{officer}", town.OfficerId.ToString(), StringComparison.Ordinal)
            .Replace("{speaker}", town.Speaker.ToString(), StringComparison.Ordinal);

    static string PictureName(string path, string? account, int width) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{path.Trim('/').Replace('/', '-').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace("?", "-", StringComparison.Ordinal).Replace("&", "-", StringComparison.Ordinal)}_{account}_{width}"
        );
}
