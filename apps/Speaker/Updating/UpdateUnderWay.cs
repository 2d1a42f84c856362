using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Store;

namespace Loa.Speaker.Updating;

/// <summary>The update that was ordered and has not ended, kept over a power cut, and its answer when it ends.</summary>
sealed class UpdateUnderWay(
    Journal journal,
    Packages packages,
    CommandReceipts answers,
    TimeProvider clock,
    EventLog log
)
{
    /// <summary>Null when there is none.</summary>
    public UpdateNote? Current => journal.Value(JournalKeys.Update, UpdateJson.Default.UpdateNote);

    /// <summary>Whether this command's answer will come from here.</summary>
    public bool IsOf(Guid command) => Current?.Command == command;

    /// <summary>To be remembered together with the command.</summary>
    public void Begin(Command command, CommandMessage message, WriteBatch changes)
    {
        var note = new UpdateNote(command.Id, message.Package!, message.Media, clock.GetUtcNow());
        changes.Put(JournalKeys.Update, note, UpdateJson.Default.UpdateNote);
    }

    /// <summary>After a start: an update that ended meanwhile is answered; one that did not goes on.</summary>
    public void Restore()
    {
        if (Current is { } note && packages.Ended(note.Command) is { } good)
            End(note, good ? null : CommandFailure.RolledBack);
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

    /// <param name="failure">Null when it is in force.</param>
    public void End(UpdateNote note, string? failure)
    {
        var changes = new WriteBatch().Forget(JournalKeys.Update);
        foreach (var kind in Enum.GetValues<PackageKind>())
            changes.Put(JournalKeys.Highest(kind), $"{packages.Highest(kind)}");
        var kindOf = Package.TryRead(note.Package, out var read, out _) ? read.Document.Kind : PackageKind.Software;
        var found = new ReadBack(Version: packages.Version(kindOf));
        answers.Answer(note.Command, failure is null ? Outcome.Done(found) : Outcome.Failed(failure, found), changes);
        packages.TidyUp();
        log.Tell("update", ("version", found.Version), ("failure", failure));
    }
}
