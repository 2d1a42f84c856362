using Loa.Air;
using Loa.Speaker.Link;
using Loa.Speaker.Playing;
using Loa.Speaker.Records;
using Loa.Speaker.Schedule;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Commands;

/// <summary>An operator's order: obeyed once, remembered before it is obeyed, and answered.</summary>
sealed class TakeCommand
{
    const int MostAnswers = 64;

    // What must be remembered together with the order, and what is then done; a text says why it could not be done.
    readonly Dictionary<string, (Action<Command, Changes> Note, Func<Command, string?> Do)> known;
    readonly Dictionary<string, ReceiptMessage> answers = [];
    readonly Queue<string> order = new();
    readonly Notebook notes;
    readonly Guard guard;
    readonly RecordBook records;
    readonly Outbox outbox;
    readonly EventLog log;

    public TakeCommand(
        Notebook notes,
        Guard guard,
        RecordBook records,
        Programme programme,
        Player player,
        Volume volume,
        Outbox outbox,
        EventLog log
    )
    {
        (this.notes, this.guard, this.records, this.outbox, this.log) = (notes, guard, records, outbox, log);
        known = new()
        {
            [Command.Volume] = (
                (command, changes) => Volume.Note(command.Args.Level!.Value, changes),
                command => SetVolume(volume, command.Args.Level!.Value)
            ),
            [Command.Stop] = ((_, _) => { }, _ => programme.Stop(StopReason.Stopped) ? null : CommandFailure.Silent),
            [Command.Identify] = ((_, _) => { }, command => player.Identify(command.Id) ? null : CommandFailure.Busy),
        };
    }

    /// <param name="again">The transport says that it may have brought this very message before.</param>
    public void Run(CommandMessage message, bool again)
    {
        if (again && answers.TryGetValue(message.Command, out var before))
        {
            outbox.Receipt(before.Command, before.State, before.Reason);
            return;
        }
        guard.Learn(message.Delegations);
        var changes = new Changes();
        var verdict = guard.Command(message.Command, changes);
        if (!verdict.Ok)
        {
            Refuse(message.Command, verdict.Reason);
            return;
        }
        var command = verdict.Document;
        var (note, act) = known[command.Name];
        note(command, changes);
        notes.Commit(changes);
        outbox.Receipt(command.Id, CommandState.Received);
        var failure = act(command);
        Answer(message.Command, command.Id, failure is null ? CommandState.Done : CommandState.Failed, failure);
        log.Tell(
            "command",
            ("name", command.Name),
            ("failure", failure),
            ("issued_ms", command.IssuedAt.ToUnixTimeMilliseconds())
        );
    }

    void Refuse(string compact, string reason)
    {
        log.Tell("command-refused", ("reason", reason));
        records.Refuse(RefusalSubject.Command, reason, compact);
        if (Command.TryRead(compact, out var read, out _))
            outbox.Receipt(read.Document.Id, CommandState.Refused, reason);
    }

    void Answer(string compact, Guid command, CommandState state, string? reason)
    {
        outbox.Receipt(command, state, reason);
        answers[compact] = new ReceiptMessage(command, state, default, reason);
        order.Enqueue(compact);
        if (order.Count > MostAnswers)
            answers.Remove(order.Dequeue());
    }

    string? SetVolume(Volume volume, int level)
    {
        volume.Set(level);
        outbox.StateChanged();
        return null;
    }
}
