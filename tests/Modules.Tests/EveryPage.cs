using System.Net;
using System.Text.RegularExpressions;
using Loa.People;
using Loa.Trust;

namespace Loa;

/// <summary>The pages that a person of each role reaches from the home page by its links, one of each kind, as they are without a script.</summary>
public sealed partial class EveryPage(RunningServer server) : IAsyncLifetime
{
    static readonly string[] Accounts =
    [
        "tinh.quantri",
        "tinh.duyet",
        "tinh.kythuat",
        "tinh.kiemtra",
        "thienhung.bientap",
        "thienhung.duyet",
        "thienhung.kythuat",
    ];

    readonly List<(string Path, string Html)> pages = [];

    public IReadOnlyList<(string Path, string Html)> Pages => pages;

    public async ValueTask InitializeAsync()
    {
        // Two cards of one kind on the administrator's page.
        var technician = await SomeOfficer.New(server, "technician", where: "thienhung.kythuat");
        await technician.Client.Delegated(server, "placement");
        await technician.Client.Delegated(server, "placement");
        await Walk(technician.Client);
        foreach (var account in Accounts)
        {
            using var officer = await server.SignedIn(account);
            await Walk(officer);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task Walk(HttpClient officer)
    {
        var waiting = new Queue<string>(["/"]);
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var path))
        {
            var kind = Kind().Replace(path, "*");
            if (kinds.Contains(kind))
                continue;
            using var answer = await officer.GetAsync(path);
            // Another test may have taken away what a link leads to.
            if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            kinds.Add(kind);
            var html = await answer.Content.ReadAsStringAsync();
            pages.Add((path, html));
            foreach (var link in Links().EnumerateMatches(html))
                waiting.Enqueue(WebUtility.HtmlDecode(html.Substring(link.Index + 6, link.Length - 7)));
        }
    }

    // What one page differs in from the next of its kind: an id, a question.
    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=[?&][\w.]+=)[^&]*", RegexOptions.None, 1_000)]
    private static partial Regex Kind();

    [GeneratedRegex(@"href=""/(?!files/|[^""]*\.csv)[^""#]*""", RegexOptions.None, 1_000)]
    private static partial Regex Links();
}

/// <summary>What is asked of every page is asked of the same walk.</summary>
[CollectionDefinition(nameof(EveryPage))]
public sealed class EveryPageCollection : ICollectionFixture<EveryPage>;
