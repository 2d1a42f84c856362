using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>How far an order to many speakers has come, and which of them need somebody to look.</summary>
sealed class ShowBulkCommand(BulkCommandCases jobs, DevicesDb db, Sight sight, TimeProvider clock) : IUseCase
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
        IReadOnlyList<BulkCommandRow> Speakers,
        int Page,
        bool MayCommand
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/speakers/jobs/{id:guid}", Page).RequireRight(DevicesRights.CommandSpeakers);
        routes.MapGet("/api/speakers/jobs/{id:guid}", Json).RequireRight(DevicesRights.CommandSpeakers);
    }

    static RazorComponentResult<BulkCommandPage> Page(Guid id, int? page) =>
        UiModule.Show<BulkCommandPage>(new { Id = id, Number = page ?? 1 });

    static async Task<BulkCommandJson> Json(Guid id, int? page, ShowBulkCommand useCase, CancellationToken cancel) =>
        BulkCommandJson.Of(await useCase.Run(id, page ?? 1, cancel));

    public async Task<Response> Run(Guid id, int page, CancellationToken cancel)
    {
        var job = await jobs.See(id, cancel);
        var now = clock.Moment();
        page = PageNumber.Of(page);
        var tally = (await BulkCommandTally.Of(db, jobs.Reach, [id], now, cancel))[id];
        var rows = await new BulkCommandOrder(db, jobs.Reach, id, now).Page(
            tally,
            (page - 1) * PageSize,
            PageSize,
            cancel
        );
        var lastSent = await jobs.PartOf(id).MaxAsync(c => c.SentAt, cancel);
        var order = BulkCommandProcedure.OrderOf(job);
        return new(
            id,
            job.Title,
            order.Args,
            job.Text("selection"),
            await jobs.OrderedBy(id, cancel),
            job.OpenedAt,
            lastSent,
            Guid.TryParse(job.Text("retry_of"), out var before) ? before : null,
            job.State == BulkCommandProcedure.Cancelled,
            tally,
            [.. rows.Select(r => BulkCommandRow.Of(r, sight.Tree, now))],
            page,
            sight.May(order.Entry.Right)
        );
    }
}
