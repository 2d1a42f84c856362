using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>How many speakers of an order stand where.</summary>
sealed record BulkCommandTally(IReadOnlyDictionary<CommandStatus, int> ByStatus)
{
    static readonly CommandStatus[] failed =
    [
        CommandStatus.Failed,
        CommandStatus.Refused,
        CommandStatus.NotSent,
        CommandStatus.Unanswered,
    ];

    public int At(CommandStatus status) => ByStatus.GetValueOrDefault(status);

    public int Total => ByStatus.Values.Sum();

    public int Failed => failed.Sum(At);

    /// <summary>Those that have heard of it, whatever became of it.</summary>
    public int Reached => Total - At(CommandStatus.Waiting) - At(CommandStatus.NotSent) - At(CommandStatus.Cancelled);

    public bool IsOver => At(CommandStatus.Waiting) + At(CommandStatus.Sent) + At(CommandStatus.Received) == 0;

    /// <summary>The tallies of some orders as far as one reaches, in two looks however many speakers they have.</summary>
    public static async Task<IReadOnlyDictionary<Guid, BulkCommandTally>> Of(
        DevicesDb db,
        Reach reach,
        IReadOnlyCollection<Guid> jobs,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var commands = db
            .Commands.AsNoTracking()
            .Where(c => c.JobId != null && jobs.Contains(c.JobId.Value))
            .Within(db, reach);
        var all = await Counted(commands, cancel);
        var late = await Counted(commands.Where(SentCommand.IsLate(now)), cancel);
        return jobs.ToDictionary(job => job, job => Of(job, all, late));
    }

    static BulkCommandTally Of(Guid job, List<Count> all, List<Count> late)
    {
        var statuses = new Dictionary<CommandStatus, int>();
        void Add(CommandStatus status, int number) => statuses[status] = statuses.GetValueOrDefault(status) + number;
        foreach (var count in all.Where(c => c.Job == job))
            Add(SentCommand.StatusOf(count.Stage, late: false), count.Number);
        foreach (var count in late.Where(c => c.Job == job))
        {
            Add(SentCommand.StatusOf(count.Stage, late: false), -count.Number);
            Add(SentCommand.StatusOf(count.Stage, late: true), count.Number);
        }
        return new(statuses);
    }

    static Task<List<Count>> Counted(IQueryable<SentCommand> commands, CancellationToken cancel) =>
        commands
            .GroupBy(c => new { c.JobId, c.Stage })
            .Select(g => new Count(g.Key.JobId!.Value, g.Key.Stage, g.Count()))
            .ToListAsync(cancel);

    sealed record Count(Guid Job, CommandStage Stage, int Number);
}
