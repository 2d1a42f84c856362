using Loa.Fuzz;

namespace Loa;

/// <summary>Every answer tells a browser what not to do with it, and what is somebody's own is kept nowhere.</summary>
public sealed class HeadersTests(RunningServer server)
{
    static readonly string[] always =
    [
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "Permissions-Policy",
        "Cache-Control",
    ];

    // What is named by its own digest, and what everybody may have.
    static readonly string[] kept = ["/files/", "/air/media/", "/air/packages/"];

    [Fact]
    public async Task Every_route_says_it_to_nobody_and_to_an_officer_alike()
    {
        using var nobody = server.Client();
        using var officer = await server.SignedIn("tinh.quantri");
        var wrong = new List<string>();
        foreach (var door in Door.All(server.Services).Where(d => d.Method == "GET" && !IsStream(d)))
        foreach (var client in new[] { nobody, officer })
        {
            using var answer = await client.GetAsync(door.Address(_ => $"{Guid.Empty}"));
            var cached = $"{answer.Headers.CacheControl}";
            wrong.AddRange(always.Where(name => !answer.Headers.Contains(name)).Select(n => $"{door.Name}: no {n}"));
            if (
                !kept.Any(k => door.Name.Contains(k, StringComparison.Ordinal))
                && !cached.Contains("no-store", StringComparison.Ordinal)
                && !cached.Contains("no-cache", StringComparison.Ordinal)
            )
                wrong.Add($"{door.Name}: {cached}");
        }

        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public async Task A_lie_about_the_host_is_not_repeated()
    {
        using var anyone = server.Client();
        anyone.DefaultRequestHeaders.Host = "evil.example";

        Assert.DoesNotContain("evil", await anyone.GetStringAsync("/air/server"), StringComparison.Ordinal);
    }

    static bool IsStream(Door door) => door.Name.EndsWith("/events", StringComparison.Ordinal);
}
