using System.Net;
using System.Net.Http.Json;
using System.Text;
using Loa.Broadcasting.Data;
using Loa.Contracts.People;
using Loa.Devices;
using Loa.Devices.Data;
using Loa.Kernel;
using Loa.Newsroom;
using Loa.Newsroom.Data;
using Loa.People.Data;
using Microsoft.EntityFrameworkCore;

namespace Loa.Fuzz;

/// <summary>Commune B's officers send every route the ids of commune A: nothing of A is read, and nothing of A is changed.</summary>
[Collection(nameof(FuzzServer))]
public sealed class ForeignTests(FuzzServer server)
{
    static readonly string[] strangers = ["thienhung.bientap", "thienhung.duyet", "thienhung.kythuat"];

    // Whole trees and where speakers are told about themselves: open to all by design, and without anything of A's own.
    static readonly string[] open = ["/units", "/api/units", "/air/", "/files/"];

    [Fact]
    public async Task No_route_gives_a_commune_what_is_anothers()
    {
        var ids = await OfAnother();
        var before = await Acts();
        var leaks = new List<string>();
        foreach (var account in strangers)
        {
            using var stranger = await server.Running.SignedIn(account);
            foreach (
                var door in Door.All(server.Running.Services)
                    .Where(d => d.Pattern.Parameters.Count > 0)
                    .Where(d => !open.Any(o => d.Pattern.RawText!.StartsWith(o, StringComparison.Ordinal)))
            )
            foreach (var (kind, id) in ids)
            {
                using var request = new HttpRequestMessage(new(door.Method), door.Address(_ => id));
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

    static string Body(Door door, string id)
    {
        var fields = door.Request?.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters() ?? [];
        return "{" + string.Join(',', fields.Select(f => $"\"{f.Name}\":{Hostile.Of(f.ParameterType, id)}")) + "}";
    }

    // What the attempts may not add to: acts by these officers on anything at all.
    async Task<int> Acts() =>
        await server.Running.With<NewsroomDb, int>(db => db.Acts.CountAsync())
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
        return
        [
            ("bulletin", bulletin.GetProperty("id").GetString()!),
            ("package", package.ToString()),
            ("unit", unit),
            ("speaker", speaker),
            ("officer", officer),
            ("nothing", Guid.Empty.ToString()),
        ];
    }
}
