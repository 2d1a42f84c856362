using Loa.Jose;
using Loa.Server.Demo;

namespace Loa.Kills;

[CollectionDefinition(nameof(KilledServerTests))]
[Collection(nameof(KilledServerTests))]
public sealed class KilledServerTests : IDisposable
{
    const int Kills = 50;
    const int Broadcasts = 12;
    const int Withdrawals = 8;
    const int Seed = 20261122;
    const string Author = "loctan.bientap";
    const string Leader = "loctan.duyet";
    const string Technician = "loctan.kythuat";
    static readonly string Fleet = Path.Combine(AppContext.BaseDirectory, "../../Fleet/debug/Loa.Fleet");

    readonly string folder = Directory.CreateTempSubdirectory("loa-kills-").FullName;
    readonly Dictionary<Guid, int> acknowledged = [];
    readonly List<Guid> ordered = [];
    readonly List<Guid> withdrawn = [];
    int killed;
    volatile int answered;
    int moves;

    string Data => Path.Combine(folder, "data");

    [Fact]
    public async Task Killed_fifty_times_it_keeps_every_act_and_record_once_and_every_broadcast_is_heard()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var server = new ServerProcess(Data);
        await server.Start(cancel);
        var password = (await File.ReadAllTextAsync(Path.Combine(Data, "demo-password"), cancel)).Trim();
        using var province = new Province(server.Address, password);
        await using var speakers = await FleetProcess.Start(
            Fleet,
            server.Address,
            Path.Combine(folder, "fleet"),
            await province.SerialsIn("loctan", 3, cancel),
            cancel
        );
        await speakers.ClaimAll(province, cancel);
        var key = await province.MakeKey(Leader, cancel);
        var bulletin = await Approved(province, key, "Tin ngắn", cancel);
        var mistakes = new Queue<Guid>();
        while (mistakes.Count < Withdrawals)
            mistakes.Enqueue(await Approved(province, key, "Tin nhầm", cancel));
        var places = await Places(province, cancel);

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var working = Work(province, bulletin, mistakes, places, enough.Token);
        var chance = new Random(Seed);
        for (; killed < Kills; killed++)
        {
            // By what was done, not by the clock alone: a slow machine would be killed before it did anything.
            await Answered(chance.Next(0, 4), cancel);
            await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(0, 300)), TimeProvider.System, cancel);
            await server.Kill(cancel);
            await server.Start(cancel);
        }
        await enough.CancelAsync();
        await working;

        Assert.NotEmpty(acknowledged);
        Assert.NotEmpty(ordered);
        Assert.NotEmpty(withdrawn);
        Assert.NotEqual(0, moves);
        foreach (var broadcast in ordered)
            await RunningServer.Until(
                async () => await Heard(province, broadcast, cancel) == 3,
                $"broadcast {broadcast} heard by all",
                seconds: 120
            );
        foreach (var (id, acts) in acknowledged)
            await EachActIsThereOnce(province, id, acts, cancel);
        var files = new KilledFiles(Data);
        await files.EachRecordIsThereOnce(ordered, cancel);
        await files.EachActIsNews(cancel);
        await files.NothingWithdrawnIsOnATimetable(withdrawn, cancel);
        await new KilledReading(Data, province, Author).GoesOn(server, cancel);
        await TheLedgerNamesAChangedAct(server, cancel);
        Console.WriteLine(
            $"measured: {Kills} kills, {acknowledged.Count} bulletins, {ordered.Count} broadcasts, {withdrawn.Count} withdrawn, {moves} moves"
        );
    }

    // Officers who go on working: whatever got no answer is asked again with the same id.
    async Task Work(
        Province province,
        Guid bulletin,
        Queue<Guid> mistakes,
        (Guid Speaker, Guid[] Hamlets) places,
        CancellationToken enough
    )
    {
        while (!enough.IsCancellationRequested)
        {
            var id = Guid.CreateVersion7();
            if (
                await Insist(
                    () =>
                        province.Post(
                            Author,
                            "/bulletins",
                            new
                            {
                                id,
                                title = "Tin thử",
                                text = "Một hai ba.",
                                voice = "vi",
                            },
                            enough
                        ),
                    enough
                )
            )
                acknowledged[id] = 1;
            var moved = await Insist(
                () => province.Post(Author, $"/bulletins/{id}/discard", new { seen = 1 }, enough),
                enough
            );
            if (moved)
                acknowledged[id] = 2;
            var order = Guid.CreateVersion7();
            if (ordered.Count < Broadcasts && await Order(province, bulletin, order, enough))
                ordered.Add(order);
            // Spread over all the kills.
            if (killed * Withdrawals >= withdrawn.Count * Kills && mistakes.TryDequeue(out var mistake))
                await OrderAndWithdraw(province, mistake, enough);
            // There and back: whatever the server was told last is where it stands.
            var unit = places.Hamlets[moves % places.Hamlets.Length];
            if (await Insist(() => Move(province, places.Speaker, unit, enough), enough))
                moves++;
        }
    }

    async Task OrderAndWithdraw(Province province, Guid bulletin, CancellationToken enough)
    {
        var order = Guid.CreateVersion7();
        var why = new { seen = 4, comment = "Phát nhầm" };
        if (
            await Order(province, bulletin, order, enough)
            && await Insist(() => province.Post(Leader, $"/bulletins/{bulletin}/withdraw", why, enough), enough)
        )
            withdrawn.Add(order);
    }

    async Task<bool> Order(Province province, Guid bulletin, Guid order, CancellationToken enough)
    {
        var units = await Commune(province, enough);
        return units is not null
            && await Insist(
                () =>
                    province.Post(
                        Leader,
                        "/broadcasts",
                        new
                        {
                            bulletin,
                            units,
                            minutes = 60,
                            order,
                        },
                        enough
                    ),
                enough
            );
    }

    // Asked again after it was stored, it stands there already.
    static async Task Move(Province province, Guid speaker, Guid unit, CancellationToken enough)
    {
        var seen = await province.Get(Technician, $"/api/speakers/{speaker}", enough);
        if (seen.GetProperty("unitId").GetGuid() != unit)
            await province.Post(Technician, $"/speakers/{speaker}/move", new { unit }, enough);
    }

    // A speaker, and two hamlets of its commune to carry it between.
    static async Task<(Guid Speaker, Guid[] Hamlets)> Places(Province province, CancellationToken cancel)
    {
        var listed = await province.Get(Technician, "/api/speakers", cancel);
        var speakers = listed.GetProperty("speakers").EnumerateArray().ToList();
        var first = speakers.First(s => s.GetProperty("state").GetString() == "enrolled");
        var home = first.GetProperty("unitId").GetGuid();
        var away = speakers.Select(s => s.GetProperty("unitId").GetGuid()).First(unit => unit != home);
        return (first.GetProperty("id").GetGuid(), [away, home]);
    }

    Guid[]? commune;

    async Task<Guid[]?> Commune(Province province, CancellationToken cancel)
    {
        await Insist(async () => commune ??= [await province.UnitOf(Leader, cancel)], cancel);
        return commune;
    }

    Task Answered(int more, CancellationToken cancel)
    {
        var enough = answered + more;
        return RunningServer.Until(
            () => Task.FromResult(answered >= enough || cancel.IsCancellationRequested),
            $"{more} more requests are answered",
            seconds: 120
        );
    }

    async Task<bool> Insist(Func<Task> ask, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                await ask();
                answered++;
                return true;
            }
            catch (ProvinceException e) when (e.Status == 409)
            {
                // Stored before the answer was lost: asked again, it has moved already.
                answered++;
                return true;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
            }
            catch (OperationCanceledException) when (enough.IsCancellationRequested)
            {
                return false;
            }
        }
        return false;
    }

    async Task<Guid> Approved(Province province, SigningKey key, string title, CancellationToken cancel)
    {
        var written = await province.Post(
            Author,
            "/bulletins",
            new
            {
                title,
                text = "Alo.",
                voice = "vi",
            },
            cancel
        );
        var id = written.GetProperty("id").GetGuid();
        // A text that was read aloud before may be spoken already.
        await Insist(() => province.Post(Author, $"/bulletins/{id}/voice", new { seen = 1 }, cancel), cancel);
        await province.Post(Author, $"/bulletins/{id}/submit", new { seen = 2 }, cancel);
        var release = Jws.Sign(key, "loa-release", await province.Download(Leader, $"/bulletins/{id}/release", cancel));
        await province.Post(Leader, $"/bulletins/{id}/approve", new { release, seen = 3 }, cancel);
        return id;
    }

    static async Task<int> Heard(Province province, Guid broadcast, CancellationToken cancel)
    {
        var seen = await province.Get(Leader, $"/api/broadcasts/{broadcast}", cancel);
        return seen.GetProperty("stages").TryGetProperty("heard", out var heard) ? heard.GetInt32() : 0;
    }

    static async Task EachActIsThereOnce(Province province, Guid id, int acts, CancellationToken cancel)
    {
        var seen = await province.Get(Author, $"/api/bulletins/{id}", cancel);
        string[] history =
        [
            .. seen.GetProperty("history").EnumerateArray().Select(a => a.GetProperty("move").GetString()!),
        ];

        string[] expected = ["write", "discard"];
        Assert.True(
            history.Length >= acts && history.SequenceEqual(expected.Take(history.Length)),
            $"{id}: acknowledged {acts}, there: {string.Join(' ', history)}"
        );
    }

    async Task TheLedgerNamesAChangedAct(ServerProcess server, CancellationToken cancel)
    {
        await server.Kill(cancel);
        var (good, said) = await server.Ask(["ledger", "verify"], cancel);
        Assert.True(good == 0, said);

        var changed = await new KilledFiles(Data).TamperWithOneByte(cancel);
        var (bad, named) = await server.Ask(["ledger", "verify"], cancel);
        Assert.Equal(1, bad);
        Assert.Contains(changed, named, StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
