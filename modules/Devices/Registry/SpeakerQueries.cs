using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Registry;

/// <summary>Answers the other modules' questions about the registry.</summary>
sealed class SpeakerQueries(IServiceScopeFactory scopes, IUnits units) : ISpeakers
{
    public async ValueTask<SpeakerCount> Count(IReadOnlyCollection<Guid> unitIds, CancellationToken cancel)
    {
        var tree = await units.Today(cancel);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var groups = await db
            .Speakers.AsNoTracking()
            .Where(s => s.State != SpeakerStates.Retired)
            .Inside(tree, unitIds)
            .InGroups(cancel);
        return new(
            groups.Sum(g => g.Count),
            groups.Where(g => g.IsEnrolled).Sum(g => g.Count),
            groups.Where(g => g.IsOnline).Sum(g => g.Count)
        );
    }

    public async ValueTask<IReadOnlyDictionary<Guid, int>> ByUnit(
        IReadOnlyCollection<Guid> unitIds,
        CancellationToken cancel
    )
    {
        var tree = await units.Today(cancel);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        return await db
            .Speakers.AsNoTracking()
            .Where(s => s.State == SpeakerStates.Enrolled)
            .Inside(tree, unitIds)
            .GroupBy(s => s.UnitId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
    }
}

/// <summary>Which speakers stand where.</summary>
static class SpeakerPlaces
{
    /// <summary>Those at or below any of the units.</summary>
    public static IQueryable<Speaker> Inside(
        this IQueryable<Speaker> speakers,
        UnitTree tree,
        IReadOnlyCollection<Guid> units
    )
    {
        return tree.Below(units) is { } inside ? speakers.Where(s => inside.Contains(s.UnitId)) : speakers;
    }
}
