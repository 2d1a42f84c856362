using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>The orders to many speakers within an officer's reach, the newest first.</summary>
sealed class ListBulkCommands(DevicesDb db, Sight sight, TimeProvider clock) : IUseCase
{
    public const int PageSize = 25;

    public record Response(IReadOnlyList<Row> Jobs, int Page, int Total);

    public record Row(
        Guid Id,
        string Name,
        CommandArgs Args,
        string Selection,
        DateTimeOffset OrderedAt,
        bool Cancelled,
        BulkCommandTally Tally
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/speakers/jobs", Page).RequireRight(DevicesRights.CommandSpeakers);

    static RazorComponentResult<BulkCommandsPage> Page(int? page) =>
        UiModule.Show<BulkCommandsPage>(new { Number = page ?? 1 });

    public async Task<Response> Run(int page, CancellationToken cancel)
    {
        page = PageNumber.Of(page);
        var reach = sight.Over(DevicesRights.CommandSpeakers);
        // From the speakers within reach, which are few, and not from all that was ever ordered.
        var reaching = db.Commands.Where(o => o.JobId != null).Within(db, reach).Select(o => o.JobId!.Value);
        var jobs = db
            .Cases.AsNoTracking()
            .Where(c => c.Procedure == BulkCommandProcedure.Definition.Name)
            .InSight(reach, units => c => units.Contains(c.UnitId) || reaching.Contains(c.Id));
        var rows = await jobs.OrderByDescending(c => c.OpenedAt)
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .ToListAsync(cancel);
        var tallies = await BulkCommandTally.Of(db, reach, [.. rows.Select(r => r.Id)], clock.Moment(), cancel);
        return new(
            [
                .. rows.Select(row =>
                {
                    var fields = row.Read();
                    return new Row(
                        row.Id,
                        row.Title,
                        fields.GetProperty("command_args").Deserialize(AirJson.Default.CommandArgs)!,
                        fields.TryGetProperty("selection", out var said) ? said.GetString()! : "",
                        row.OpenedAt,
                        row.State == BulkCommandProcedure.Cancelled,
                        tallies[row.Id]
                    );
                }),
            ],
            page,
            await jobs.CountAsync(cancel)
        );
    }
}
