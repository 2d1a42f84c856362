using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Devices.AsRun;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>How far an order to many speakers has come, and which of them need somebody to look.</summary>
sealed class ShowBulkCommand(DevicesDb db, Sight sight, TimeProvider clock) : IUseCase
{
    public const int PageSize = 25;

    public record Response(
        Guid Id,
        string Name,
        CommandArgs Args,
        string Selection,
        string By,
        DateTimeOffset OrderedAt,
        DateTimeOffset? LastSentAt,
        Guid? RetryOf,
        bool Cancelled,
        BulkCommandTally Tally,
        IReadOnlyList<Row> Speakers,
        int Page,
        bool MayCommand
    );

    public record Row(
        Guid Speaker,
        string Name,
        string Serial,
        string Place,
        CommandStatus Status,
        string? Reason,
        ReadBack? Found,
        DateTimeOffset? SentAt,
        DateTimeOffset? ReceivedAt,
        DateTimeOffset? EndedAt,
        DateTimeOffset Deadline
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/speakers/jobs/{id:guid}", Page).RequireRight(DevicesRights.CommandSpeakers);
        routes.MapGet("/api/speakers/jobs/{id:guid}", Json).RequireRight(DevicesRights.CommandSpeakers);
        routes.MapGet("/speakers/jobs/{id:guid}/results.csv", Export).RequireRight(DevicesRights.CommandSpeakers);
    }

    static RazorComponentResult<BulkCommandPage> Page(Guid id, int? page) =>
        UiModule.Show<BulkCommandPage>(new { Id = id, Number = page ?? 1 });

    static async Task<BulkCommandJson> Json(Guid id, int? page, ShowBulkCommand useCase, CancellationToken cancel) =>
        BulkCommandJson.Of(await useCase.Run(id, page ?? 1, cancel));

    static async Task<Csv> Export(Guid id, ShowBulkCommand useCase, CancellationToken cancel)
    {
        await useCase.Find(id, cancel);
        return new(
            $"command-{id}.csv",
            [
                .. new[] { "name", "serial", "unit", "state", "reason", "found", "sent", "received", "ended" }.Select(
                    column => Words.Get("job.column." + column)
                ),
            ],
            useCase.All(id)
        );
    }

    public async Task<Response> Run(Guid id, int page, CancellationToken cancel)
    {
        var job = await Find(id, cancel);
        var now = clock.Moment();
        page = PageNumber.Of(page);
        var tally = (await BulkCommandTally.Of(db, Reach, [id], now, cancel))[id];
        var rows = await new BulkCommandOrder(db, Reach, id, now).Page(tally, (page - 1) * PageSize, PageSize, cancel);
        var lastSent = await Part(id).MaxAsync(c => c.SentAt, cancel);
        var order = OrderOf(job);
        return new(
            id,
            job.Title,
            order.Args,
            job.Text("selection"),
            await OrderedBy(id, cancel),
            job.OpenedAt,
            lastSent,
            Guid.TryParse(job.Text("retry_of"), out var before) ? before : null,
            job.State == BulkCommandProcedure.Cancelled,
            tally,
            [.. rows.Select(r => RowOf(r, now))],
            page,
            sight.May(order.Entry.Right)
        );
    }

    /// <summary>The order, if it is the reader's or some of its speakers stand within his reach.</summary>
    public async Task<Case> Find(Guid id, CancellationToken cancel) =>
        await db.Find(BulkCommandProcedure.Definition, id, cancel) is { } job
        && (sight.May(DevicesRights.CommandSpeakers, job.UnitId) || await Part(id).AnyAsync(cancel))
            ? job
            : throw new MissingException("job");

    Reach Reach => sight.Over(DevicesRights.CommandSpeakers);

    IQueryable<SentCommand> Part(Guid id) => db.Commands.Where(c => c.JobId == id).Within(db, Reach);

    Task<string> OrderedBy(Guid job, CancellationToken cancel) =>
        db.Acts.Where(a => a.CaseId == job && a.Seq == 1).Select(a => a.By).FirstAsync(cancel);

    public static CommandOrder OrderOf(Case job) =>
        new(
            CommandCatalog.Find(job.Title)!,
            System.Text.Json.JsonSerializer.Deserialize(
                job.Fields["command_args"].ToJsonString(),
                AirJson.Default.CommandArgs
            )!
        );

    Row RowOf(BulkCommandOrder.Part part, DateTimeOffset now)
    {
        var command = part.Command;
        return new(
            command.SpeakerId,
            part.Name,
            part.Serial,
            sight.Tree.PlaceOf(part.UnitId),
            command.StatusAt(now),
            command.Reason,
            command.ReadFound(),
            command.SentAt,
            command.ReceivedAt,
            command.EndedAt,
            command.Deadline
        );
    }

    async IAsyncEnumerable<object?[]> All(Guid id)
    {
        var now = clock.Moment();
        await foreach (var part in new BulkCommandOrder(db, Reach, id, now).All())
        {
            var row = RowOf(part, now);
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
