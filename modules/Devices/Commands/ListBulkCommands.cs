using System.Runtime.CompilerServices;
using System.Text.Json;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Packages;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>The orders to many speakers within an officer's reach, the newest first.</summary>
sealed class ListBulkCommands(DevicesDb db, PackageShelf packages, Sight sight, TimeProvider clock) : IUseCase
{
    const int Together = 100;

    public record Response(IReadOnlyList<Row> Jobs, int Total);

    public record Row(
        Guid Id,
        string Text,
        string Selection,
        DateTimeOffset OrderedAt,
        bool Cancelled,
        BulkCommandTally Tally
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/speakers/jobs", () => UiModule.Show<BulkCommandsPage>(new { }))
            .RequireRight(DevicesRights.CommandSpeakers);
        routes.MapFiles<ListBulkCommands, Row>(
            "/speakers/jobs",
            BulkCommandLists.Orders,
            DevicesRights.CommandSpeakers,
            (useCase, view, http) => useCase.All(view, http.RequestAborted)
        );
    }

    public async Task<Response> Run(ListView view, CancellationToken cancel)
    {
        var found = Found(view);
        return new(await Rows(Sorted(found, view), view.Skip, view.Size, cancel), await found.CountAsync(cancel));
    }

    // In parts, so that the whole list is never held at once.
    async IAsyncEnumerable<Row> All(ListView view, [EnumeratorCancellation] CancellationToken cancel)
    {
        var sorted = Sorted(Found(view), view);
        for (var skip = 0; ; skip += Together)
        {
            var rows = await Rows(sorted, skip, Together, cancel);
            foreach (var row in rows)
                yield return row;
            if (rows.Count < Together)
                yield break;
        }
    }

    IQueryable<CaseRow> Found(ListView view)
    {
        var reach = sight.Over(DevicesRights.CommandSpeakers);
        // From the speakers within reach, which are few, and not from all that was ever ordered.
        var reaching = db.Commands.Where(o => o.JobId != null).Within(db, reach).Select(o => o.JobId!.Value);
        var jobs = db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == BulkCommandProcedure.Definition.Name)
            .InSight(reach, units => c => units.Contains(c.UnitId) || reaching.Contains(c.Id));
        if (view.FromOf(BulkCommandLists.From) is { } from)
            jobs = jobs.Where(c => c.OpenedAt >= from);
        if (view.BeforeOf(BulkCommandLists.To) is { } before)
            jobs = jobs.Where(c => c.OpenedAt < before);
        return jobs;
    }

    static IQueryable<CaseRow> Sorted(IQueryable<CaseRow> jobs, ListView view) =>
        view.IsDescending
            ? jobs.OrderByDescending(c => c.OpenedAt).ThenByDescending(c => c.Id)
            : jobs.OrderBy(c => c.OpenedAt).ThenBy(c => c.Id);

    async Task<IReadOnlyList<Row>> Rows(IQueryable<CaseRow> jobs, int skip, int take, CancellationToken cancel)
    {
        var rows = await jobs.Skip(skip).Take(take).ToListAsync(cancel);
        var reach = sight.Over(DevicesRights.CommandSpeakers);
        var orders = rows.ConvertAll(row => row.Read());
        var args = orders.ConvertAll(o => o.GetProperty("command_args").Deserialize(AirJson.Default.CommandArgs)!);
        var names = await packages.NamesIn(args, cancel);
        var tallies = await BulkCommandTally.Of(db, reach, [.. rows.Select(r => r.Id)], clock.Moment(), cancel);
        return
        [
            .. rows.Select(
                (row, n) =>
                    new Row(
                        row.Id,
                        CommandText.Of(row.Title, args[n], names),
                        orders[n].TryGetProperty("selection", out var said) ? said.GetString()! : "",
                        row.OpenedAt,
                        row.State == BulkCommandProcedure.Cancelled,
                        tallies[row.Id]
                    )
            ),
        ];
    }
}
