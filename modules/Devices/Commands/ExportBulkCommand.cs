using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Loa.Devices.Commands;

/// <summary>An officer takes away how an order to many came out at each speaker, as a table.</summary>
sealed class ExportBulkCommand(BulkCommandCases jobs, DevicesDb db, Sight sight, TimeProvider clock) : IUseCase
{
    static readonly string[] columns =
    [
        "name",
        "serial",
        "unit",
        "state",
        "reason",
        "found",
        "sent",
        "received",
        "ended",
    ];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/speakers/jobs/{id:guid}/results.csv", Export).RequireRight(DevicesRights.CommandSpeakers);

    static Task<Csv> Export(Guid id, ExportBulkCommand useCase, CancellationToken cancel) => useCase.Run(id, cancel);

    public async Task<Csv> Run(Guid id, CancellationToken cancel)
    {
        await jobs.See(id, cancel);
        return new($"command-{id}.csv", [.. columns.Select(column => Words.Get("job.column." + column))], All(id));
    }

    async IAsyncEnumerable<object?[]> All(Guid id)
    {
        var now = clock.Moment();
        await foreach (var part in new BulkCommandOrder(db, jobs.Reach, id, now).All())
        {
            var row = BulkCommandRow.Of(part, sight.Tree, now);
            yield return
            [
                row.Name,
                row.Serial,
                row.Place,
                Words.Get("command.stage." + row.Status),
                row.Reason is null ? null : Reasons.Of(row.Reason),
                row.Found is null ? null : FoundText.Of(row.Found),
                row.SentAt,
                row.ReceivedAt,
                row.EndedAt,
            ];
        }
    }
}
