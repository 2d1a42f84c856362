using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Devices.Registry;
using Loa.Devices.Reports;

namespace Loa.Devices.Commands;

/// <summary>A speaker sends a part of the log that it was asked for.</summary>
sealed class LogReport(Guid speaker, DateTimeOffset at, LogMessage part) : SpeakerReport(speaker, at), IAboutCommand
{
    // A log comes within minutes; a day leaves room for a line that breaks.
    static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    public Guid Command => part.Command;

    public static Report? Read(ReadOnlySpan<byte> payload, Guid speaker, DateTimeOffset at, out string? fault) =>
        LogMessage.TryRead(payload, out var message, out fault) ? new LogReport(speaker, at, message) : null;

    protected override async ValueTask Apply(ReportBatch batch, Speaker of, CancellationToken cancel)
    {
        // Only what was asked for, and only once.
        if (
            batch.Part<CommandPart>().Find(Speaker, part.Command) is not { Name: Air.Command.CollectLog } command
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
