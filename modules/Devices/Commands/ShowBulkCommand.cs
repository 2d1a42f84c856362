using System.Runtime.CompilerServices;
using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Packages;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>How far an order to many speakers has come, and which of them need somebody to look.</summary>
sealed class ShowBulkCommand(
    BulkCommandCases jobs,
    DevicesDb db,
    PackageShelf packages,
    Sight sight,
    TimeProvider clock
) : IUseCase
{
    public record Response(
        Guid Id,
        string Name,
        CommandArgs Args,
        string Text,
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
        routes.MapFiles<ShowBulkCommand, BulkCommandRow>(
            "/speakers/jobs/{id:guid}",
            BulkCommandLists.Speakers,
            DevicesRights.CommandSpeakers,
            (useCase, _, http) => useCase.All(Guid.Parse($"{http.GetRouteValue("id")}"), http.RequestAborted)
        );
    }

    static RazorComponentResult<BulkCommandPage> Page(Guid id) => UiModule.Show<BulkCommandPage>(new { Id = id });

    static async Task<BulkCommandJson> Json(
        Guid id,
        HttpContext http,
        ShowBulkCommand useCase,
        CancellationToken cancel
    ) => BulkCommandJson.Of(await useCase.Run(id, BulkCommandLists.Speakers.Asked(http), cancel));

    async IAsyncEnumerable<BulkCommandRow> All(Guid id, [EnumeratorCancellation] CancellationToken cancel)
    {
        await jobs.See(id, cancel);
        var now = clock.Moment();
        await foreach (var part in new BulkCommandOrder(db, jobs.Reach, id, now).All().WithCancellation(cancel))
            yield return BulkCommandRow.Of(part, sight.Tree, now);
    }

    public async Task<Response> Run(Guid id, ListView view, CancellationToken cancel)
    {
        var job = await jobs.See(id, cancel);
        var now = clock.Moment();
        var tally = (await BulkCommandTally.Of(db, jobs.Reach, [id], now, cancel))[id];
        var rows = await new BulkCommandOrder(db, jobs.Reach, id, now).Page(tally, view.Skip, view.Size, cancel);
        var lastSent = await jobs.PartOf(id).MaxAsync(c => c.SentAt, cancel);
        var order = BulkCommandProcedure.OrderOf(job);
        return new(
            id,
            job.Title,
            order.Args,
            CommandText.Of(job.Title, order.Args, await packages.NamesIn([order.Args], cancel)),
            job.Text("selection"),
            await jobs.OrderedBy(id, cancel),
            job.OpenedAt,
            lastSent,
            Guid.TryParse(job.Text("retry_of"), out var before) ? before : null,
            job.State == BulkCommandProcedure.Cancelled,
            tally,
            [.. rows.Select(r => BulkCommandRow.Of(r, sight.Tree, now))],
            view.Page,
            sight.May(order.Entry.Right)
        );
    }
}
