using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Seed;

/// <summary>
/// The demo province's 1,661 speakers with 3,777 horns over its hamlets, 177 of them another vendor's:
/// made up, marked so, and the same in every demo.
/// </summary>
sealed class SeedSpeakers(IServiceScopeFactory scopes, IUnits units, TimeProvider clock) : ISeed
{
    const int Speakers = 1_661;
    const int Others = 177;
    const string OtherVendor = "district-projects";

    public int Order => 20;

    public async Task Run(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var tree = await units.Today(cancel);
        if (await db.Speakers.AnyAsync(cancel))
            return;
        var now = clock.Moment();
        await db.Atomically(
            async () =>
            {
                var batch = new CaseBatch(db);
                Case[] cases =
                [
                    .. Plan(tree)
                        .Select(p =>
                            batch.Open(
                                SpeakerProcedure.Definition,
                                p.Id,
                                p.Hamlet.Id,
                                SpeakerProcedure.Register,
                                new Deed(p.Fields()),
                                Actor.Server,
                                now
                            )
                        ),
                ];
                await batch.Save(cancel);
                db.AddRange(cases.Select(c => Speaker.Of(c, tree)));
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
    }

    internal static IReadOnlyList<Planned> Plan(UnitTree tree)
    {
        Unit[] hamlets =
        [
            .. tree
                .Roots.SelectMany(r => tree.SubtreeOf(r.Id))
                .Where(u => tree.PathOf(u.Id).Count >= 3 && !tree.ChildrenOf(u.Id).Any()),
        ];
        if (hamlets.Length == 0)
            return [];
        var counts = Spread(hamlets);
        var planned = new List<Planned>(Speakers);
        foreach (var hamlet in hamlets)
            for (var n = 1; n <= counts[hamlet.Id]; n++)
                planned.Add(new Planned(planned.Count + 1, n, hamlet, tree));
        foreach (var other in planned.OrderBy(p => Rank("vendor:" + p.Serial), StringComparer.Ordinal).Take(Others))
            other.Vendor = OtherVendor;
        // 2 horns each, but 200 with 4, 355 with 3 and 300 with 1: 3,777 in all.
        Planned[] byHorns = [.. planned.OrderBy(p => Rank("horns:" + p.Serial), StringComparer.Ordinal)];
        for (var i = 0; i < byHorns.Length; i++)
            byHorns[i].Horns = i switch
            {
                < 200 => 4,
                < 555 => 3,
                < 855 => 1,
                _ => 2,
            };
        return planned;
    }

    // One for each hamlet; what is left goes round them again and again in an order that looks like chance.
    static Dictionary<Guid, int> Spread(Unit[] hamlets)
    {
        var counts = hamlets.ToDictionary(h => h.Id, _ => 1);
        Unit[] order = [.. hamlets.OrderBy(h => Rank("hamlet:" + h.Id), StringComparer.Ordinal)];
        // The same hamlets get a second and a third first, so that big ones stand out.
        var big = order.Take(Math.Max(1, order.Length * 3 / 5)).ToArray();
        for (var left = Speakers - hamlets.Length; left > 0; left--)
            counts[big[left % big.Length].Id]++;
        return counts;
    }

    static string Rank(string name) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    internal sealed class Planned(int number, int inHamlet, Unit hamlet, UnitTree tree)
    {
        public Guid Id { get; } = SeedId.Of($"speaker:DEMO-{number:00000}");

        public string Serial { get; } = $"DEMO-{number:00000}";

        public string Vendor { get; set; } = SpeakerProcedure.Own;

        public int Horns { get; set; }

        public Unit Hamlet => hamlet;

        public JsonObject Fields()
        {
            var at = hamlet.Latitude is null && hamlet.ParentId is { } parent ? tree.Find(parent) : hamlet;
            var fields = new JsonObject
            {
                ["serial"] = Serial,
                ["name"] = $"Loa số {inHamlet} – {hamlet.Name}",
                ["vendor"] = Vendor,
                ["model"] = Vendor == SpeakerProcedure.Own ? "Loa Thành 1" : "",
                ["horns"] = Horns,
                ["made_up"] = true,
            };
            if (at is { Latitude: { } latitude, Longitude: { } longitude })
            {
                // Within some 500 m of the place the hamlet is drawn at.
                var dice = SHA256.HashData(Encoding.UTF8.GetBytes("position:" + Serial));
                fields["lat"] = Math.Round(latitude + (dice[0] - 127.5) / 25_500, 5);
                fields["lon"] = Math.Round(longitude + (dice[1] - 127.5) / 25_500, 5);
            }
            return fields;
        }
    }
}
