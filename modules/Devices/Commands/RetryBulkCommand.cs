using Loa.Contracts.Devices;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>An officer gives the same command again to those speakers of an order where it came to nothing.</summary>
sealed class RetryBulkCommand(
    DevicesDb db,
    Sight sight,
    BulkCommandCases jobs,
    SendBulkCommand bulk,
    TimeProvider clock
) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/speakers/jobs/{id:guid}/retry", Post).RequireRight(DevicesRights.CommandSpeakers);

    static async Task<IResult> Post(Guid id, RetryBulkCommand useCase, HttpContext http, CancellationToken cancel)
    {
        var ordered = await useCase.Run(id, cancel);
        return Answer.Created(http, $"/speakers/jobs/{ordered.Id}", ordered);
    }

    public async Task<SendBulkCommand.Response> Run(Guid id, CancellationToken cancel)
    {
        var job = await jobs.See(id, cancel);
        var order = BulkCommandProcedure.OrderOf(job);
        var now = clock.Moment();
        var reach = sight.Over(order.Entry.Right);
        if (reach.IsEmpty)
            throw new ForbiddenException(order.Entry.Right);
        var failed = db.Commands.Where(c => c.JobId == id);
        var given = await failed
            .Where(SentCommand.IsLate(now))
            .Select(c => c.SpeakerId)
            .Union(
                failed
                    .Where(c =>
                        c.Stage == CommandStage.Failed
                        || c.Stage == CommandStage.Refused
                        || c.Stage == CommandStage.NotSent
                    )
                    .Select(c => c.SpeakerId)
            )
            .ToListAsync(cancel);
        var speakers = await new SpeakerFilter(null, null)
            .Matching(db.Speakers.AsNoTracking(), reach)
            .Where(s => given.Contains(s.Id) && s.State == SpeakerStates.Enrolled)
            .Select(s => s.Id)
            .ToListAsync(cancel);
        return await bulk.Order(order, speakers, Words.Get("selection.retry", speakers.Count), id, cancel);
    }
}
