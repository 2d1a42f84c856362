using System.Text.Json.Nodes;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Programmes;

/// <summary>What is asked of all programmes, and what the server itself does with them.</summary>
static class ProgrammeCases
{
    /// <summary>Those in force, and those that were stopped after a moment.</summary>
    public static async Task<IReadOnlyList<Programme>> Programmes(
        this BroadcastingDb db,
        CancellationToken cancel,
        DateTimeOffset? stoppedAfter = null
    )
    {
        var rows = await db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == ProgrammeProcedure.Name)
            .Where(c =>
                c.State == ProgrammeProcedure.InForce
                || (
                    (c.State == ProgrammeProcedure.Stopped || c.State == ProgrammeProcedure.Withdrawn)
                    && c.MovedAt > stoppedAfter
                )
            )
            .ToListAsync(cancel);
        return [.. rows.Select(Programme.Of)];
    }

    /// <summary>The programme that an item of these weeks belongs to, by the id that speakers are told; null when it is of none.</summary>
    public static async Task<Guid?> ProgrammeOf(
        this BroadcastingDb db,
        Guid item,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        // Made of a name, as only these are.
        if (item.Version != 8)
            return null;
        var from = now.AddDays(-31);
        return (await db.Programmes(cancel, stoppedAfter: from))
            .FirstOrDefault(p => p.Between(from, now.AddDays(8)).Any(o => o.Items().Any(i => i.Id == item)))
            ?.Case.Id;
    }

    /// <summary>Those in force of which a bulletin is a part.</summary>
    public static async Task<IReadOnlyList<Programme>> ProgrammesWith(
        this BroadcastingDb db,
        Guid bulletin,
        CancellationToken cancel
    ) => [.. (await db.Programmes(cancel)).Where(p => p.Plan.Items.Any(item => item.Bulletin == bulletin))];

    /// <summary>Takes a bulletin out of all that is still to begin; a programme of which nothing is left is withdrawn.</summary>
    public static Task LeaveOut(
        this BroadcastingDb db,
        Programme programme,
        Guid bulletin,
        string why,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var left = programme.Plan with { Items = [.. programme.Plan.Items.Where(i => i.Bulletin != bulletin)] };
        var (move, patch) = left.Items.All(item => item.IsJingle)
            ? (ProgrammeProcedure.Withdraw, new JsonObject())
            : (ProgrammeProcedure.LeaveOut, Patch(programme.With(left, now)));
        return db.Move(programme.Case, move, new(patch, why), actor, now, cancel);
    }

    public static JsonObject Patch(IEnumerable<ProgrammePlan> plans) =>
        new() { [ProgrammeProcedure.Plans] = ProgrammePlan.Write(plans) };
}
