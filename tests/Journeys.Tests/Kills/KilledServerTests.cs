using Loa.Jose;
using Loa.Server.Demo;
using Microsoft.Data.Sqlite;

namespace Loa.Kills;

public sealed class KilledServerTests : IDisposable
{
    const int Kills = 50;
    const int Broadcasts = 12;
    const int Seed = 20261122;
    const string Author = "loctan.bientap";
    const string Leader = "loctan.duyet";
    static readonly string Fleet = Path.Combine(AppContext.BaseDirectory, "../../Fleet/debug/Loa.Fleet");

    readonly string folder = Directory.CreateTempSubdirectory("loa-kills-").FullName;
    readonly Dictionary<Guid, int> acknowledged = [];
    readonly List<Guid> ordered = [];

    string Data => Path.Combine(folder, "data");

    [Fact]
    public async Task Killed_fifty_times_it_keeps_every_act_and_record_once_and_every_broadcast_is_heard()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var server = new ServerProcess(Data);
        await server.Start(cancel);
        var password = (await File.ReadAllTextAsync(Path.Combine(Data, "demo-password"), cancel)).Trim();
        using var province = new Province(server.Address, password);
        await using var speakers = await SpeakerFleet.Start(
            Fleet,
            server.Address,
            Path.Combine(folder, "fleet"),
            await province.SerialsIn("loctan", 3, cancel),
            cancel
        );
        await speakers.ClaimAll(province, cancel);
        var bulletin = await Approved(province, cancel);

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var working = Work(province, bulletin, enough.Token);
        var chance = new Random(Seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(0, 1_800)), TimeProvider.System, cancel);
            await server.Kill(cancel);
            await server.Start(cancel);
        }
        await enough.CancelAsync();
        await working;

        Assert.NotEmpty(acknowledged);
        Assert.NotEmpty(ordered);
        foreach (var broadcast in ordered)
            await RunningServer.Until(
                async () => await Heard(province, broadcast, cancel) == 3,
                $"broadcast {broadcast} heard by all",
                seconds: 120
            );
        foreach (var (id, acts) in acknowledged)
            await EachActIsThereOnce(province, id, acts, cancel);
        await EachRecordIsThereOnce(cancel);
        await TheLedgerNamesAChangedAct(server, cancel);
        Console.WriteLine($"measured: {Kills} kills, {acknowledged.Count} bulletins, {ordered.Count} broadcasts");
    }

    // Officers who go on working: whatever got no answer is asked again with the same id.
    async Task Work(Province province, Guid bulletin, CancellationToken enough)
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
                () => province.Post(Author, $"/bulletins/{id}/discard", new { expected = 1 }, enough),
                enough
            );
            if (moved)
                acknowledged[id] = 2;
            var order = Guid.CreateVersion7();
            var units = await Commune(province, enough);
            if (
                ordered.Count < Broadcasts
                && units is not null
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
                )
            )
                ordered.Add(order);
        }
    }

    Guid[]? commune;

    async Task<Guid[]?> Commune(Province province, CancellationToken cancel)
    {
        await Insist(async () => commune ??= [await province.UnitOf(Leader, cancel)], cancel);
        return commune;
    }

    static async Task<bool> Insist(Func<Task> ask, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                await ask();
                return true;
            }
            catch (ProvinceException e) when (e.Status == 409)
            {
                // Stored before the answer was lost: asked again, it has moved already.
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

    static async Task<Guid> Approved(Province province, CancellationToken cancel)
    {
        var written = await province.Post(
            Author,
            "/bulletins",
            new
            {
                title = "Tin ngắn",
                text = "Alo.",
                voice = "vi",
            },
            cancel
        );
        var id = written.GetProperty("id").GetGuid();
        await province.Post(Author, $"/bulletins/{id}/voice", new { expected = 1 }, cancel);
        await province.Post(Author, $"/bulletins/{id}/submit", new { expected = 2 }, cancel);
        var key = await province.MakeKey(Leader, cancel);
        var release = Jws.Sign(key, "loa-release", await province.Download(Leader, $"/bulletins/{id}/release", cancel));
        await province.Post(Leader, $"/bulletins/{id}/approve", new { release, expected = 3 }, cancel);
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
        string[] moves =
        [
            .. seen.GetProperty("history").EnumerateArray().Select(a => a.GetProperty("move").GetString()!),
        ];

        string[] expected = ["write", "discard"];
        Assert.True(
            moves.Length >= acts && moves.SequenceEqual(expected.Take(moves.Length)),
            $"{id}: acknowledged {acts}, there: {string.Join(' ', moves)}"
        );
    }

    async Task EachRecordIsThereOnce(CancellationToken cancel)
    {
        // Numbers without a gap or a repetition for each speaker, and one whole play of each broadcast on each.
        Assert.Equal(
            0L,
            await Count(
                """SELECT COUNT(*) FROM (SELECT "SpeakerId" FROM "Records" GROUP BY "SpeakerId", "Kid" HAVING COUNT(*) <> MAX("Seq") OR COUNT(DISTINCT "Seq") <> COUNT(*))""",
                cancel
            )
        );
        Assert.Equal(
            ordered.Count * 3L,
            await Count("""SELECT COUNT(*) FROM "Records" WHERE "Outcome" = 0 AND "BroadcastId" IS NOT NULL""", cancel)
        );
        Assert.Equal(
            ordered.Count * 3L,
            await Count(
                """SELECT COUNT(*) FROM (SELECT DISTINCT "SpeakerId", "BroadcastId" FROM "Records" WHERE "Outcome" = 0 AND "BroadcastId" IS NOT NULL)""",
                cancel
            )
        );
    }

    async Task TheLedgerNamesAChangedAct(ServerProcess server, CancellationToken cancel)
    {
        await server.Kill(cancel);
        var (good, said) = await server.Ask(["ledger", "verify"], cancel);
        Assert.True(good == 0, said);

        var changed = await TamperWithOneByte(cancel);
        var (bad, named) = await server.Ask(["ledger", "verify"], cancel);
        Assert.Equal(1, bad);
        Assert.Contains(changed, named, StringComparison.OrdinalIgnoreCase);
    }

    // As somebody would who holds the database file: the trigger away, one letter of one act changed.
    async Task<string> TamperWithOneByte(CancellationToken cancel)
    {
        await using var db = await Open("newsroom", cancel);
        await using var command = db.CreateCommand();
        command.CommandText = """
            DROP TRIGGER "Acts_stay";
            UPDATE "Acts" SET "Patch" = replace("Patch", 'Tin ngắn', 'Tin ngấn') WHERE "Move" = 'write' AND "Patch" LIKE '%Tin ngắn%';
            SELECT "Id" FROM "Acts" WHERE "Patch" LIKE '%Tin ngấn%';
            """;
        return (string)(await command.ExecuteScalarAsync(cancel))!;
    }

    async Task<long> Count(string sql, CancellationToken cancel)
    {
        await using var db = await Open("devices", cancel);
        await using var command = db.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    async Task<SqliteConnection> Open(string module, CancellationToken cancel)
    {
        var db = new SqliteConnection($"Data Source={Path.Combine(Data, "db", module + ".db")};Pooling=False");
        await db.OpenAsync(cancel);
        return db;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
