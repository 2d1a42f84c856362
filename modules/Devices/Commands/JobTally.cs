using Loa.Devices.Data;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Commands;

/// <summary>How many speakers of an order stand where.</summary>
sealed record JobTally(IReadOnlyDictionary<CommandFate, int> ByFate)
{
    static readonly CommandFate[] failed =
    [
        CommandFate.Failed,
        CommandFate.Refused,
        CommandFate.NotSent,
        CommandFate.Unanswered,
    ];

    public int At(CommandFate fate) => ByFate.GetValueOrDefault(fate);

    public int Total => ByFate.Values.Sum();

    public int Failed => failed.Sum(At);

    /// <summary>Those that have heard of it, whatever became of it.</summary>
    public int Reached => Total - At(CommandFate.Waiting) - At(CommandFate.NotSent) - At(CommandFate.Cancelled);

    public bool IsOver => At(CommandFate.Waiting) + At(CommandFate.Sent) + At(CommandFate.Received) == 0;

    /// <summary>The tallies of some orders as far as one reaches, in two looks however many speakers they have.</summary>
    public static async Task<IReadOnlyDictionary<Guid, JobTally>> Of(
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

    static JobTally Of(Guid job, List<Count> all, List<Count> late)
    {
        var fates = new Dictionary<CommandFate, int>();
        void Add(CommandFate fate, int number) => fates[fate] = fates.GetValueOrDefault(fate) + number;
        foreach (var count in all.Where(c => c.Job == job))
            Add(SentCommand.Fate(count.Stage, late: false), count.Number);
        foreach (var count in late.Where(c => c.Job == job))
        {
            Add(SentCommand.Fate(count.Stage, late: false), -count.Number);
            Add(SentCommand.Fate(count.Stage, late: true), count.Number);
        }
        return new(fates);
    }

    static Task<List<Count>> Counted(IQueryable<SentCommand> commands, CancellationToken cancel) =>
        commands
            .GroupBy(c => new { c.JobId, c.Stage })
            .Select(g => new Count(g.Key.JobId!.Value, g.Key.Stage, g.Count()))
            .ToListAsync(cancel);

    sealed record Count(Guid Job, CommandStage Stage, int Number);
}
