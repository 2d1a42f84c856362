using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.People;
using Loa.Jose;
using Loa.Kernel;
using Loa.Newsroom.Bulletins;
using Loa.Newsroom.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Bench.UnderTest;

/// <summary>Orders an emergency for the whole province, as its leader would, past the browser that signs.</summary>
sealed class EmergencyOrders(IServiceProvider services, TimeProvider clock)
{
    static readonly TimeSpan length = TimeSpan.FromSeconds(20);
    Guid bulletin;
    string release = "";

    /// <param name="unit">Where it is to be heard; everywhere when none is named.</param>
    /// <returns>The moment of the order by the machine's counter, and the broadcast.</returns>
    public async Task<string> Order(Guid? unit = null)
    {
        await using var scope = services.CreateAsyncScope();
        var tree = await scope.ServiceProvider.GetRequiredService<IUnits>().Today(CancellationToken.None);
        Guid[] units = [.. tree.Roots.Select(r => r.Id)];
        if (bulletin == Guid.Empty)
            await Approve(scope.ServiceProvider.GetRequiredService<NewsroomDb>(), units);
        var db = scope.ServiceProvider.GetRequiredService<BroadcastingDb>();
        var (id, now) = (Guid.CreateVersion7(), clock.Moment());
        Guid[] places = unit is { } one ? [one] : units;
        var order = new BroadcastOrder(
            id,
            bulletin,
            "Xả lũ",
            AirClass.Emergency,
            places,
            now,
            now.AddHours(12),
            length
        );
        var began = Stopwatch.GetTimestamp();
        await db.Atomically(async () =>
        {
            await db.Order(order, units[0], order.ToPatch(release), Actor.Server, now, CancellationToken.None);
        });
        return $"{began} {id}";
    }

    async Task Approve(NewsroomDb db, Guid[] units)
    {
        var (now, digest, procedure) = (clock.Moment(), new string('a', 64), BulletinProcedure.Definition);
        bulletin = Guid.CreateVersion7();
        var (from, to) = (now.AddMinutes(-1), now.AddDays(1));
        var signed = new Release(
            Guid.CreateVersion7(),
            bulletin,
            "Xả lũ",
            digest,
            60_000,
            length,
            AirClass.Emergency,
            units,
            from,
            to
        ).Sign(SigningKey.Create());
        release = Jws.Digest(signed);
        await db.Atomically(async () =>
        {
            await Do(
                "write",
                new()
                {
                    ["title"] = "Xả lũ",
                    ["text"] = "Xả lũ.",
                    ["voice"] = "vi",
                    ["class"] = "emergency",
                }
            );
            await Do(
                BulletinProcedure.Speak,
                new()
                {
                    ["audio"] = digest,
                    ["length"] = 60_000,
                    ["master"] = digest,
                    ["duration_ms"] = (long)length.TotalMilliseconds,
                    ["loudness"] = -16,
                    ["true_peak"] = -2,
                    ["peaks"] = "AAAA",
                    ["spoken"] = "Xả lũ.",
                }
            );
            await Do(BulletinProcedure.Submit, []);
            await Do(
                BulletinProcedure.Approve,
                new()
                {
                    ["release"] = release,
                    ["units"] = JsonSerializer.SerializeToNode(units),
                    ["valid_from"] = from.ToUnixTimeMilliseconds(),
                    ["valid_to"] = to.ToUnixTimeMilliseconds(),
                    ["delegations"] = new JsonArray(),
                },
                signed
            );
        });

        // Each by somebody else, as the procedure asks.
        async Task Do(string move, JsonObject patch, string? signature = null)
        {
            var actor = new ActingOfficer(Guid.CreateVersion7(), Guid.CreateVersion7(), move, units[0]);
            var deed = new Deed(patch, Signature: signature);
            if (move == BulletinProcedure.Write)
                await db.Open(procedure, bulletin, units[0], move, deed, actor, now, CancellationToken.None);
            else
                await db.Move(procedure, bulletin, move, deed, actor, now, CancellationToken.None);
        }
    }
}
