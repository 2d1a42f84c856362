using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Packages;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>An officer sees how many speakers his selection holds, and who of them can hear, before he commands them.</summary>
sealed class PrepareCommands(DevicesDb db, Sight sight, PackageShelf shelves) : IUseCase
{
    const int Named = 8;

    /// <param name="Without">Those of the selection that take no commands: without a key, or another vendor's.</param>
    public record Response(
        Selection Selection,
        string Said,
        int Count,
        int Online,
        int Without,
        int Horns,
        IReadOnlyList<string> Names,
        IReadOnlyList<CommandEntry> Commands,
        IReadOnlyList<Choice> Packages,
        IReadOnlyList<Choice> Units
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/speakers/commands", Page).RequireRight(DevicesRights.CommandSpeakers);

    static RazorComponentResult<PrepareCommandsPage> Page(
        Guid[] ids,
        Guid? unit,
        string? q,
        string? show,
        string? model,
        bool? all
    ) =>
        UiModule.Show<PrepareCommandsPage>(
            new
            {
                Ids = ids,
                Unit = unit,
                Q = q,
                Show = show,
                OfModel = model,
                All = all ?? false,
            }
        );

    public async Task<Response> Run(Selection selection, CancellationToken cancel)
    {
        var reach = sight.Over(DevicesRights.CommandSpeakers);
        // One look along the index of counts.
        var states = await selection
            .Every(db, sight.Tree, reach)
            .GroupBy(s => s.State)
            .Select(g => new
            {
                g.Key,
                Count = g.Count(),
                Online = g.Count(s => s.Presence == Presence.Online),
                Horns = g.Max(s => s.Horns),
            })
            .ToListAsync(cancel);
        var enrolled = states.Find(s => s.Key == SpeakerStates.Enrolled);
        var count = enrolled?.Count ?? 0;
        return new(
            selection,
            selection.Describe(sight.Tree, count),
            count,
            enrolled?.Online ?? 0,
            states.Sum(s => s.Count) - count,
            enrolled?.Horns ?? 1,
            await Names(selection, reach, cancel),
            [.. CommandCatalog.All.Where(c => sight.May(c.Right))],
            await shelves.Offered(cancel),
            Units(reach)
        );
    }

    // Along the names until there are enough. By its index the state would find all, and each would be sorted.
    async Task<IReadOnlyList<string>> Names(Selection selection, Reach reach, CancellationToken cancel)
    {
        var named = await selection
            .Every(db, sight.Tree, reach)
            .Where(s => s.State + "" == SpeakerStates.Enrolled)
            .OrderBy(s => s.NameKey)
            .ThenBy(s => s.Id)
            .Take(Named)
            .Select(s => new { s.Name, s.UnitId })
            .ToListAsync(cancel);
        return [.. named.Select(s => $"{s.Name} ({sight.Tree.PlaceOf(s.UnitId)})")];
    }

    // Down to the commune: a hamlet has few speakers, which are ticked.
    Choice[] Units(Reach reach) =>
        [
            .. reach
                .Roots.SelectMany(sight.Tree.SubtreeOf)
                .DistinctBy(u => u.Id)
                .Where(u => sight.Tree.ChildrenOf(u.Id).Any())
                .Select(u => new Choice(u.Id.ToString(), sight.Tree.PlaceOf(u.Id))),
        ];
}
