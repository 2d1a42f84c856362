using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Devices.Registry;
using Loa.Devices.Reports;

namespace Loa.Devices.Commands;

/// <summary>A speaker says what became of a command.</summary>
sealed class ReceiptReport(Guid speaker, DateTimeOffset at, ReceiptMessage receipt)
    : SpeakerReport(speaker, at),
        IAboutCommand
{
    static readonly Dictionary<CommandState, CommandStage> stages = new()
    {
        [CommandState.Received] = CommandStage.Received,
        [CommandState.Done] = CommandStage.Done,
        [CommandState.Failed] = CommandStage.Failed,
        [CommandState.Refused] = CommandStage.Refused,
    };

    public Guid Command => receipt.Command;

    public static Report? Read(ReadOnlySpan<byte> payload, Guid speaker, DateTimeOffset at, out string? fault) =>
        ReceiptMessage.TryRead(payload, out var message, out fault) ? new ReceiptReport(speaker, at, message) : null;

    protected override ValueTask Apply(ReportBatch batch, Speaker of, CancellationToken cancel)
    {
        var stage = stages[receipt.State];
        // A speaker answers for its own commands only, and a finished one stays finished.
        if (
            batch.Part<CommandPart>().Find(Speaker, receipt.Command) is not { IsOver: false } command
            || stage < command.Stage
        )
            return ValueTask.CompletedTask;
        command.Stage = stage;
        command.ReceivedAt ??= At;
        batch.Db.Shows(command);
        if (!command.IsOver)
            return ValueTask.CompletedTask;
        (command.EndedAt, command.Reason) = (At, receipt.Reason);
        command.Take(receipt.Found);
        of.Tells(receipt.Found?.Volume ?? of.Volume);
        return ValueTask.CompletedTask;
    }
}
