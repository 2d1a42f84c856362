using Loa.Air;
using Loa.Devices.Commands;
using Loa.Devices.Registry;

namespace Loa.Devices.Gateway;

/// <summary>A speaker says what became of a command.</summary>
sealed class ReceiptReport(Guid speaker, DateTimeOffset at, ReceiptMessage receipt) : Report(speaker, at)
{
    static readonly Dictionary<CommandState, CommandStage> stages = new()
    {
        [CommandState.Received] = CommandStage.Received,
        [CommandState.Done] = CommandStage.Done,
        [CommandState.Failed] = CommandStage.Failed,
        [CommandState.Refused] = CommandStage.Refused,
    };

    public override Guid? Command => receipt.Command;

    public override ValueTask Apply(IntakeBatch batch, Speaker of, CancellationToken cancel)
    {
        var stage = stages[receipt.State];
        // A speaker answers for its own commands only, and a finished one stays finished.
        if (batch.CommandTo(Speaker, receipt.Command) is not { IsOver: false } command || stage < command.Stage)
            return ValueTask.CompletedTask;
        command.Stage = stage;
        command.ReceivedAt ??= At;
        if (!command.IsOver)
            return ValueTask.CompletedTask;
        (command.EndedAt, command.Reason) = (At, receipt.Reason);
        command.Take(receipt.Found);
        of.Tells(receipt.Found?.Volume ?? of.Volume);
        return ValueTask.CompletedTask;
    }
}
