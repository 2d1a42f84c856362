using System.Threading.Channels;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices.Commands;

/// <summary>
/// Sends what waits: a bulk order at once, a waiting command when its speaker comes. What it is told is only a hint; it
/// looks for itself too, so that neither a restart nor a failure leaves a command lying.
/// </summary>
sealed class CommandRunner(
    IServiceScopeFactory scopes,
    CommandDispatch dispatch,
    TimeProvider clock,
    BackgroundWork<CommandRunner> work
) : NodeLoop<CommandRunner>(work)
{
    const int MostHints = 10_000;
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    readonly Channel<Hint> hints = Channel.CreateBounded<Hint>(
        // A hint that finds no room is found by looking.
        new BoundedChannelOptions(MostHints) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );

    /// <summary>These speakers have just connected.</summary>
    public void Arrived(IReadOnlyCollection<Guid> speakers)
    {
        foreach (var speaker in speakers)
            hints.Writer.TryWrite(new(speaker, null));
    }

    /// <summary>A bulk order was stored.</summary>
    public void Ordered(Guid job) => hints.Writer.TryWrite(new(null, job, RequestTrace.Mark));

    protected override async Task Loop(CancellationToken stop)
    {
        await using var timer = clock.CreateTimer(_ => hints.Writer.TryWrite(default), null, LookEvery, LookEvery);
        hints.Writer.TryWrite(default);
        var some = new List<Hint>(CommandDispatch.Together);
        while (await hints.Reader.WaitToReadAsync(stop))
        {
            some.Clear();
            while (some.Count < CommandDispatch.Together && hints.Reader.TryRead(out var hint))
                some.Add(hint);
            await Work.Try(c => Send(some, c), stop);
        }
    }

    async Task Send(List<Hint> some, CancellationToken cancel)
    {
        using var trace = some is [{ Trace: { } asked }] ? RequestTrace.GoOn("command", asked, clock.Moment()) : null;
        foreach (var commands in (await Waiting(some, cancel)).Chunk(CommandDispatch.Together))
            await dispatch.Send(commands, cancel);
    }

    async Task<List<Guid>> Waiting(List<Hint> some, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var open = db.Commands.AsNoTracking().Where(SentCommand.IsToBeSent(clock.Moment()));
        Guid[] speakers = [.. some.Select(h => h.Speaker).OfType<Guid>().Distinct()];
        Guid[] jobs = [.. some.Select(h => h.Job).OfType<Guid>().Distinct()];
        // Two questions, each with an index of its own, and none when nobody is named.
        List<Guid> hinted = [];
        if (speakers.Length > 0)
            hinted.AddRange(await Ids(open.Where(c => speakers.Contains(c.SpeakerId))));
        if (jobs.Length > 0)
            hinted.AddRange(await Ids(open.Where(c => c.JobId != null && jobs.Contains(c.JobId.Value))));
        if (!some.Contains(default))
            return [.. hinted.Distinct()];
        // What was sent and not answered is sent again when its speaker comes back, not again and again meanwhile.
        var found = await (
            from c in open
            join s in db.Speakers on c.SpeakerId equals s.Id
            where c.Stage == CommandStage.Waiting && s.Presence == Presence.Online
            orderby c.OrderedAt
            select c.Id
        ).ToListAsync(cancel);
        return [.. hinted.Union(found)];

        Task<List<Guid>> Ids(IQueryable<SentCommand> of) =>
            of.OrderBy(c => c.OrderedAt).Select(c => c.Id).ToListAsync(cancel);
    }

    /// <summary>Where something may wait; nothing named means anywhere.</summary>
    readonly record struct Hint(Guid? Speaker, Guid? Job, string? Trace = null);
}
