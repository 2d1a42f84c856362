using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>
/// One speaker's part of an order to many, and the order in which they are shown: what needs somebody, what goes on, what was
/// taken back, what is done. A page passes whole groups by their count and joins only what it shows.
/// </summary>
sealed class BulkCommandOrder(DevicesDb db, Reach reach, Guid job, DateTimeOffset now)
{
    public sealed record Part(SentCommand Command, string Name, string Serial, Guid UnitId);

    static readonly CommandStatus[][] statuses =
    [
        [CommandStatus.Failed, CommandStatus.Refused, CommandStatus.NotSent, CommandStatus.Unanswered],
        [CommandStatus.Waiting, CommandStatus.Sent, CommandStatus.Received],
        [CommandStatus.Cancelled],
        [CommandStatus.Done],
    ];

    public async Task<IReadOnlyList<Part>> Page(BulkCommandTally tally, int skip, int take, CancellationToken cancel)
    {
        var page = new List<Part>();
        foreach (var (group, of) in Groups().Zip(statuses))
        {
            var (count, missing) = (of.Sum(tally.At), take - page.Count);
            if (missing > 0 && count > skip)
            {
                var ids = await Ids(group, PageStretch.Of(skip, missing, count), cancel);
                page.AddRange(
                    await Parts(db.Commands.Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id)).ToListAsync(cancel)
                );
            }
            skip = Math.Max(0, skip - count);
        }
        return page;
    }

    public async IAsyncEnumerable<Part> All()
    {
        foreach (var group in Groups())
        await foreach (var part in Parts(group.OrderBy(c => c.Id)).AsAsyncEnumerable())
            yield return part;
    }

    static async Task<IReadOnlyList<Guid>> Ids(
        IQueryable<SentCommand> group,
        PageStretch stretch,
        CancellationToken cancel
    )
    {
        var ordered = stretch.FromEnd ? group.OrderByDescending(c => c.Id) : group.OrderBy(c => c.Id);
        return stretch.Turned(
            await ordered.Select(c => c.Id).Skip(stretch.Skip).Take(stretch.Take).ToListAsync(cancel)
        );
    }

    IEnumerable<IQueryable<SentCommand>> Groups()
    {
        var all = db.Commands.AsNoTracking().Where(c => c.JobId == job).Within(db, reach);
        return new[]
        {
            all.Where(SentCommand.IsLost(now)),
            all.Where(SentCommand.IsUnderWay(now)),
            all.Where(c => c.Stage == CommandStage.Cancelled),
            all.Where(c => c.Stage == CommandStage.Done),
        };
    }

    // Without what was signed, which is most of a row and which nobody is shown.
    IQueryable<Part> Parts(IQueryable<SentCommand> commands) =>
        commands.Join(
            db.Speakers.AsNoTracking(),
            c => c.SpeakerId,
            s => s.Id,
            (c, s) =>
                new Part(
                    new SentCommand
                    {
                        Id = c.Id,
                        SpeakerId = c.SpeakerId,
                        Name = c.Name,
                        Args = c.Args,
                        By = c.By,
                        OfficerId = c.OfficerId,
                        PostId = c.PostId,
                        OrderedAt = c.OrderedAt,
                        Deadline = c.Deadline,
                        Stage = c.Stage,
                        SentAt = c.SentAt,
                        Expires = c.Expires,
                        ReceivedAt = c.ReceivedAt,
                        EndedAt = c.EndedAt,
                        Reason = c.Reason,
                        Found = c.Found,
                    },
                    s.Name,
                    s.Serial,
                    s.UnitId
                )
        );
}
