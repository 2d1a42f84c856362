using System.Collections.Concurrent;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Devices.Data;
using Loa.Kernel;
using Loa.Newsroom.Data;
using Loa.People.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Fuzz;

[CollectionDefinition(nameof(FuzzServer))]
public sealed class FuzzServerCollection : ICollectionFixture<FuzzServer>;

/// <summary>A server of its own, because what is sent to it may lock officers and dissolve units.</summary>
public sealed class FuzzServer : IAsyncLifetime
{
    // Each answers for a part of the rights; together with nobody they come to every route.
    static readonly string[] accounts =
    [
        "tinh.quantri",
        "tinh.kythuat",
        "tinh.duyet",
        "tinh.bientap",
        "tinh.kiemtra",
        "loctan.kythuat",
    ];

    readonly RunningServer running = new();
    readonly Dictionary<string, HttpClient> officers = [];
    readonly Dictionary<string, string> ids = [];

    internal RunningServer Running => running;

    public async ValueTask InitializeAsync()
    {
        await running.InitializeAsync();
        foreach (var account in accounts)
            officers[account] = await running.SignedIn(account);
        ids["officers"] = await One<PeopleDb>("officer");
        ids["units"] = await One<PeopleDb>("unit");
        ids["speakers"] = await One<DevicesDb>("speaker");
    }

    public ValueTask DisposeAsync() => running.DisposeAsync();

    /// <summary>Tries every route as each who may go through it, as one of another commune, and as nobody.</summary>
    internal async Task Try(Func<Door, Sender, string, Task> attempt)
    {
        var broken = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            Door.All(running.Services),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (door, _) =>
            {
                // Signing out by luck ends the attempt for its officer; it is tried by nobody only.
                var leaves = door.Pattern.RawText!.Contains("sign-out", StringComparison.Ordinal);
                foreach (var client in leaves ? [running.Client()] : await Askers(door))
                    await attempt(door, new Sender(door, client, broken), IdFor(door));
            }
        );
        Assert.True(broken.IsEmpty, string.Join('\n', broken.Distinct().Order().Take(40)));
    }

    async Task<IReadOnlyList<HttpClient>> Askers(Door door)
    {
        if (door.Right is null or Permission.Anyone)
            return [running.Client()];
        if (door.Right == Permission.SignedIn)
            return [officers["tinh.kiemtra"]];
        var roles = running.Services.GetRequiredService<Roles>();
        List<HttpClient> able = [];
        foreach (var (account, client) in officers)
            if (roles.Gives(RoleOf(account), door.Right))
                able.Add(client);
        return able.Count > 0
            ? [.. able.Take(1), .. able.Skip(1).TakeLast(1)]
            : [await running.SignedIn("tinh.quantri")];
    }

    static string RoleOf(string account) =>
        account.Split('.')[1] switch
        {
            "quantri" => "administrator",
            "kythuat" => "technician",
            "duyet" => "approver",
            "bientap" => "author",
            _ => "auditor",
        };

    string IdFor(Door door) =>
        ids.FirstOrDefault(known => door.Pattern.RawText!.Contains(known.Key, StringComparison.Ordinal)).Value
        ?? Guid.CreateVersion7().ToString();

    // The newest, which no account of the attempt stands on.
    Task<string> One<TDb>(string procedure)
        where TDb : CaseDb =>
        running.With<TDb, string>(async db =>
            (
                await db
                    .Cases.Where(c => c.Procedure == procedure)
                    .OrderByDescending(c => c.Id)
                    .Select(c => c.Id)
                    .FirstAsync()
            ).ToString()
        );
}

/// <summary>Sends and looks at nothing but whether the server broke.</summary>
sealed class Sender(Door door, HttpClient client, ConcurrentBag<string> broken)
{
    public async Task Send(HttpRequestMessage request)
    {
        using var sent = request;
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if ((int)answer.StatusCode < 500)
            return;
        var said = request.Content is null ? "" : await request.Content.ReadAsStringAsync();
        broken.Add($"{(int)answer.StatusCode} {door.Name}: {request.RequestUri} {said[..Math.Min(said.Length, 300)]}");
    }
}
