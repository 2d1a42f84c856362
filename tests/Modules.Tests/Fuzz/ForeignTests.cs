using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Devices;
using Loa.Devices.Commands;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Devices.Rollouts;
using Loa.Kernel;
using Loa.Newsroom;
using Loa.Newsroom.Data;
using Loa.People;
using Loa.People.Data;
using Loa.Trust;
using Microsoft.EntityFrameworkCore;

namespace Loa.Fuzz;

/// <summary>Commune B's officers send every route the ids of commune A: nothing of A is read, and nothing of A is changed.</summary>
[Collection(nameof(FuzzServer))]
public sealed class ForeignTests(FuzzServer server)
{
    static readonly string[] strangers = ["thienhung.bientap", "thienhung.duyet", "thienhung.kythuat"];

    static readonly Dictionary<string, string> owners = new(StringComparer.Ordinal)
    {
        ["log"] = "speaker",
        ["session"] = "officer",
    };

    // Where speakers are told about themselves, files that everybody gets, the tree, which everybody may look at, and what a
    // program can ask.
    static readonly string[] open = ["/air/", "/files/", "GET /units", "GET /api/units", "GET /api/docs"];

    [Fact]
    public async Task No_route_gives_a_commune_what_is_anothers()
    {
        var ids = await OfAnother();
        var before = await Acts();
        var leaks = new List<string>();
        foreach (var (account, client) in await Strangers())
        {
            using var stranger = client;
            foreach (
                var door in Door.All(server.Running.Services)
                    .Where(d => d.Pattern.Parameters.Count > 0)
                    .Where(d => !open.Any(o => IsOf(d, o)))
            )
            foreach (var (kind, id) in ids)
            {
                // Where two ids are asked, the first is the owner's.
                var address = door.Address(name =>
                    name == "id" && owners.GetValueOrDefault(kind) is { } of ? ids.First(i => i.Kind == of).Id : id
                );
                using var request = new HttpRequestMessage(new(door.Method), address);
                if (door.Method == "POST")
                    request.Content = new StringContent(Body(door, id), Encoding.UTF8, "application/json");
                using var answer = await stranger.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                if ((int)answer.StatusCode is (>= 200 and < 400) or >= 500)
                    leaks.Add($"{(int)answer.StatusCode} {account} {door.Name} with a {kind} of another");
            }
        }
        Assert.True(leaks.Count == 0, string.Join('\n', leaks));
        Assert.Equal(before, await Acts());
    }

    // Also those that no demo account is: he who manages officers, keys and units, and he who may look at everything.
    async Task<List<(string Name, HttpClient Client)>> Strangers()
    {
        List<(string, HttpClient)> all = [];
        foreach (var account in strangers)
            all.Add((account, await server.Running.SignedIn(account)));
        foreach (var role in (string[])["administrator", "auditor"])
            all.Add((role, (await SomeOfficer.New(server.Running, role, where: strangers[0])).Client));
        return all;
    }

    static bool IsOf(Door door, string open) =>
        door.Name.StartsWith(open, StringComparison.Ordinal)
        || door.Pattern.RawText!.StartsWith(open, StringComparison.Ordinal);

    static string Body(Door door, string id)
    {
        var fields = door.Request?.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters() ?? [];
        return "{" + string.Join(',', fields.Select(f => $"\"{f.Name}\":{Hostile.Of(f.ParameterType, id)}")) + "}";
    }

    // What the attempts may not add to: acts by these officers on anything at all.
    async Task<int> Acts() =>
        await server.Running.With<PeopleDb, int>(db =>
            db.Acts.CountAsync(a => a.Procedure == "unit" || a.Procedure == "delegation")
        )
        + await server.Running.With<NewsroomDb, int>(db => db.Acts.CountAsync())
        + await server.Running.With<BroadcastingDb, int>(db => db.Acts.CountAsync())
        + await server.Running.With<DevicesDb, int>(db => db.Acts.CountAsync(a => a.OfficerId != Guid.Empty));

    async Task<List<(string Kind, string Id)>> OfAnother()
    {
        using var author = await server.Running.SignedIn("loctan.bientap");
        using var technician = await server.Running.SignedIn("loctan.kythuat");
        var bulletin = await author
            .PostAsJsonAsync("/bulletins", new { title = "Của xã khác", text = "Nội dung." })
            .Json(HttpStatusCode.Created);
        var package = await technician.Draft(Parcel.Some(), 1).Landed();
        var unit = await server.Running.With<PeopleDb, string>(async db =>
            (
                await db
                    .Cases.Where(c => c.Procedure == "unit" && c.Title == "Xã Lộc Tấn")
                    .Select(c => c.Id)
                    .FirstAsync()
            ).ToString()
        );
        var place = Guid.Parse(unit);
        var tree = await server.Running.With<IUnits, UnitTree>(async units =>
            await units.Today(CancellationToken.None)
        );
        var hamlets = tree.SubtreeOf(place).Select(u => u.Id).ToArray();
        var speaker = await server.Running.With<DevicesDb, string>(async db =>
            (await db.Speakers.Where(s => hamlets.Contains(s.UnitId)).Select(s => s.Id).FirstAsync()).ToString()
        );
        var officer = (await technician.GetAsync("/api/me").Json()).GetProperty("officerId").GetString()!;
        var (_, delegation) = await technician.Delegated(server.Running);
        var session = (await technician.GetAsync("/api/account").Json()).GetProperty("sessions")[0].GetProperty("id");
        var list = await technician
            .PostAsync("/speakers/beforehand", new StringContent("serial,key,unit\nX-1,K,U", Encoding.UTF8, "text/csv"))
            .Json(HttpStatusCode.Created);
        var log = await LogOf(Guid.Parse(speaker));
        return
        [
            ("broadcast", await Broadcast(place)),
            ("rollout", await Rollout(place, package)),
            ("job", await Job(place, Guid.Parse(speaker))),
            ("log", log),
            ("delegation", delegation.ToString()),
            ("session", session.GetString()!),
            ("list", list.GetProperty("id").GetString()!),
            ("bulletin", bulletin.GetProperty("id").GetString()!),
            ("package", package.ToString()),
            ("unit", unit),
            ("speaker", speaker),
            ("officer", officer),
            ("nothing", Guid.Empty.ToString()),
        ];
    }

    Task<string> Broadcast(Guid unit)
    {
        var (id, now) = (Guid.CreateVersion7(), server.Running.Clock.Moment());
        var order = new BroadcastOrder(
            id,
            id,
            "Của xã khác",
            AirClass.Ordinary,
            [unit],
            now,
            now.AddMinutes(9),
            TimeSpan.FromMinutes(1)
        );
        return server.Running.With<BroadcastingDb, string>(async db =>
        {
            await Open(db, BroadcastProcedure.Definition, id, unit, "order", order.ToPatch(new string('0', 64)));
            return id.ToString();
        });
    }

    Task<string> Rollout(Guid unit, Guid package) =>
        server.Running.With<DevicesDb, string>(async db =>
        {
            var id = Guid.CreateVersion7();
            var patch = new JsonObject
            {
                ["label"] = "Của xã khác",
                ["package"] = package.ToString(),
                ["canary"] = 1,
                ["stages"] = new JsonArray("100"),
                ["threshold"] = 95,
                ["within_minutes"] = 30,
                ["soak_minutes"] = 30,
                ["pace"] = 1,
            };
            await Open(db, RolloutProcedure.Definition, id, unit, RolloutProcedure.Start, patch);
            await db.Move(RolloutProcedure.Definition, id, RolloutProcedure.Pause, new(), Actor.Server, Now, default);
            return id.ToString();
        });

    Task<string> Job(Guid unit, Guid speaker) =>
        server.Running.With<DevicesDb, string>(async db =>
        {
            var id = Guid.CreateVersion7();
            var order = CommandOrder.Of(Command.Volume, new(Level: 50));
            await Open(
                db,
                BulkCommandProcedure.Definition,
                id,
                unit,
                BulkCommandProcedure.Order,
                BulkCommandProcedure.Patch(order, "một", [speaker], null)
            );
            return id.ToString();
        });

    Task<string> LogOf(Guid speaker) =>
        server.Running.With<DevicesDb, string>(async db =>
        {
            var asked = CommandOrder
                .Of(Command.CollectLog, new())
                .For(speaker, new(Guid.Empty, Guid.Empty, "máy chủ", Guid.Empty), Now);
            asked.Stage = CommandStage.Sent;
            db.Add(asked);
            await db.SaveChangesAsync();
            return asked.Id.ToString();
        });

    DateTimeOffset Now => server.Running.Clock.Moment();

    Task<Case> Open(CaseDb db, Procedure procedure, Guid id, Guid unit, string move, JsonObject patch) =>
        db.Open(procedure, id, unit, move, new(patch), Actor.Server, Now, default);
}
