using Loa.Air;
using Loa.Devices.Commands;
using Loa.Devices.Registry;

namespace Loa.Devices.Gateway;

/// <summary>A speaker sends a part of the log that it was asked for.</summary>
sealed class LogReport(Guid speaker, DateTimeOffset at, LogMessage part) : Report(speaker, at)
{
    // A log comes within minutes; a day leaves room for a line that breaks.
    static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    public override Guid? Command => part.Command;

    public override async ValueTask Apply(IntakeBatch batch, Speaker of, CancellationToken cancel)
    {
        // Only what was asked for, and only once.
        if (
            batch.CommandTo(Speaker, part.Command) is not { Name: Air.Command.CollectLog } command
            || command.SentAt is not { } sent
            || At - sent > Patience
            || (command.LogParts is { } parts && parts != part.Parts)
            || await batch.Db.Logs.FindAsync([part.Command, part.Part], cancel) is not null
        )
            return;
        batch.Db.Add(LogPart.Of(part, Speaker, At));
        (command.LogParts, command.LogHeld) = (part.Parts, command.LogHeld + 1);
    }
}
