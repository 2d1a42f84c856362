using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Commands;
using Loa.Speaker.Records;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Updating;

/// <summary>A server orders an update and its maker's word comes with it: both must hold, then it is fetched, laid out and tried.</summary>
sealed class TakeUpdate(
    Settings settings,
    Notebook notes,
    Guard guard,
    Packages packages,
    Install install,
    AnswerBook answers,
    RecordBook records,
    Departure departure,
    Signal changed,
    TimeProvider clock,
    EventLog log
)
{
    // A speaker that was away for long gets another order.
    static readonly TimeSpan patience = TimeSpan.FromHours(24);
    static readonly TimeSpan idle = TimeSpan.FromMinutes(10);

    readonly Backoff backoff = new();

    public Act Order(Command command, CommandMessage message, Changes changes)
    {
        if (!packages.IsKept)
            return Fails(CommandFailure.Unkept);
        if (Current is not null)
            return Fails(CommandFailure.Busy);
        if (Judge(message.Package, command.Args.Package!) is { Ok: false, Reason: { } reason })
        {
            records.Refuse(RefusalSubject.Package, reason, message.Package ?? command.Args.Package!);
            return Fails(reason);
        }
        var note = new UpdateNote(command.Id, message.Package!, message.Media, clock.GetUtcNow());
        changes.Put(Notes.Update, note, NoteJson.Default.UpdateNote);
        return _ =>
        {
            changed.Raise();
            return Task.FromResult(Outcome.Later);
        };
    }

    /// <summary>Whether this command's answer will come from here.</summary>
    public bool Answers(Guid command) => Current?.Command == command;

    /// <summary>After a start: an update that ended meanwhile is answered; one that did not goes on.</summary>
    public void Restore()
    {
        if (Current is { } note && packages.Ended(note.Command) is { } good)
            End(note, good ? null : CommandFailure.RolledBack);
    }

    public async Task Run(CancellationToken cancel)
    {
        while (true)
        {
            var wait = idle;
            if (Current is { } note && !packages.IsTrying)
                wait = await Step(note, cancel);
            await changed.Wait(wait, cancel);
        }
    }

    /// <summary>The trial has proved itself.</summary>
    public void Confirm()
    {
        if (packages.OnTrial is not { } trial)
            return;
        packages[trial.Kind].Confirm();
        log.Tell("trial-confirmed", ("kind", trial.Kind), ("version", trial.Trial.Version));
        Restore();
    }

    async Task<TimeSpan> Step(UpdateNote note, CancellationToken cancel)
    {
        var verdict = Judge(note.Package, Jws.Digest(note.Package));
        if (!verdict.Ok)
            return End(note, verdict.Reason);
        try
        {
            var reason = await install.Run(verdict.Document, note, cancel);
            if (reason is null)
            {
                departure.Want();
                return idle;
            }
            if (reason != Refusal.MediaUnreachable || clock.GetUtcNow() - note.Since > patience)
                return End(note, reason);
        }
        catch (IOException failing)
        {
            log.Tell("storage", ("detail", failing.Message));
            if (clock.GetUtcNow() - note.Since > patience)
                return End(note, CommandFailure.Storage);
        }
        return backoff.Next();
    }

    TimeSpan End(UpdateNote note, string? failure)
    {
        var changes = new Changes().Forget(Notes.Update);
        foreach (var kind in Enum.GetValues<PackageKind>())
            changes.Put(Notes.Highest(kind), $"{packages.Highest(kind)}");
        var kindOf = Package.TryRead(note.Package, out var read, out _) ? read.Document.Kind : PackageKind.Software;
        var found = new ReadBack(Version: packages.Version(kindOf));
        answers.Answer(note.Command, failure is null ? Outcome.Done(found) : Outcome.Failed(failure, found), changes);
        install.TidyUp();
        backoff.Reset();
        log.Tell("update", ("version", found.Version), ("failure", failure));
        return idle;
    }

    UpdateNote? Current => notes.Value(Notes.Update, NoteJson.Default.UpdateNote);

    Verdict<Package> Judge(string? compact, string named) =>
        guard.Package(compact, named, settings.Model, packages.Held);

    static Act Fails(string reason) => _ => Task.FromResult(Outcome.Failed(reason));
}
