using Loa.Air;
using Loa.Speaker.Messages;
using Loa.Speaker.Records;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Commands;

/// <summary>An operator's order: obeyed once, remembered before it is obeyed, and answered.</summary>
sealed class TakeCommand(
    CommandTable table,
    Journal journal,
    Guard guard,
    RecordStore records,
    CommandReceipts answers,
    ReportQueue reports,
    EventLog log
) : IDisposable
{
    readonly CancellationTokenSource ending = new();
    readonly HashSet<Task> going = [];
    readonly TaskCompletionSource broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="again">The transport says that it may have brought this very message before.</param>
    public void Run(CommandMessage message, bool again)
    {
        if (again && answers.Known(message.Command) is { } before)
        {
            if (before.Receipt is { } answer)
                reports.Receipt(answer);
            return;
        }
        guard.Learn(message.Delegations);
        var changes = new WriteBatch();
        var verdict = guard.Command(message.Command, changes);
        if (!verdict.Ok)
        {
            Refuse(message.Command, verdict.Reason);
            return;
        }
        var command = verdict.Document;
        var act = table.Find(command.Name)!.Prepare(command, message, changes);
        answers.Begin(command, message.Command, changes);
        journal.Commit(changes);
        reports.Receipt(command.Id, CommandState.Received);
        Begin(command, act);
    }

    /// <summary>After a restart: who was obeyed by it is told so, and who was interrupted by it as well.</summary>
    public void Restore()
    {
        foreach (var order in answers.Open())
        {
            var obedience = table.Find(order.Name);
            if (obedience?.IsGoingOn?.Invoke(order.Command) == true)
                continue;
            var found = obedience?.AfterStart?.Invoke();
            answers.Answer(
                order.Command,
                found is null ? Outcome.Failed(CommandFailure.Interrupted) : Outcome.Done(found)
            );
            log.Tell("command-restored", ("name", order.Name), ("done", found is not null));
        }
    }

    /// <summary>Runs until cancelled and nothing is being obeyed any more; what was not finished is told after the next start.</summary>
    public async Task Run(CancellationToken cancel)
    {
        await broken.Task.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ending.CancelAsync();
        Task[] last;
        lock (going)
            last = [.. going];
        await Task.WhenAll(last);
        await (broken.Task.IsCompleted ? broken.Task : Task.CompletedTask);
    }

    public void Dispose() => ending.Dispose();

    // What takes its time does not hold up the messages behind it.
    void Begin(Command command, Execution act)
    {
        var obeying = Obey(command, act);
        lock (going)
            going.Add(obeying);
        _ = obeying.ContinueWith(Gone, TaskScheduler.Default);
    }

    async Task Obey(Command command, Execution act)
    {
        try
        {
            var outcome = await Try(act);
            answers.Answer(command.Id, outcome);
            log.Tell(
                "command",
                ("id", command.Id),
                ("name", command.Name),
                ("state", outcome.State),
                ("reason", outcome.Reason),
                ("issued_ms", command.IssuedAt.ToUnixTimeMilliseconds())
            );
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            log.Tell("command", ("name", command.Name), ("reason", CommandFailure.Interrupted));
        }
    }

    async Task<Outcome> Try(Execution act)
    {
        try
        {
            return await act(ending.Token);
        }
        catch (IOException failing)
        {
            log.Tell("storage", ("detail", failing.Message));
            return Outcome.Failed(CommandFailure.Storage);
        }
    }

    // A fault in a command is a fault of the speaker: it ends, and whoever keeps it starts it again.
    void Gone(Task obeyed)
    {
        lock (going)
            going.Remove(obeyed);
        if (obeyed.Exception is { } fault)
            broken.TrySetException(fault.InnerExceptions);
    }

    void Refuse(string compact, string reason)
    {
        log.Tell("command-refused", ("reason", reason));
        records.Refuse(RefusalSubject.Command, reason, compact);
        if (Command.TryRead(compact, out var read, out _))
            reports.Receipt(read.Document.Id, CommandState.Refused, reason);
    }
}
