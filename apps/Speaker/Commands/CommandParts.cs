using Loa.Air;
using Loa.Speaker.Messages;
using Loa.Speaker.Records;
using Loa.Speaker.Store;
using Loa.Speaker.Timing;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Commands;

/// <summary>Orders of operators: taken, remembered, obeyed once, answered.</summary>
static class CommandParts
{
    public static Parts AddCommands(this Parts parts)
    {
        var (journal, reports) = (parts.Get<Journal>(), parts.Get<ReportQueue>());
        var (time, log) = (parts.Get<TimeSync>(), parts.Get<EventLog>());
        var table = parts.Add(new CommandTable());
        var answers = parts.Add(new CommandReceipts(journal, parts.Get<Wakeups>().Sending, parts.Get<TimeProvider>()));
        var command = parts.Add(
            new TakeCommand(table, journal, parts.Get<Guard>(), parts.Get<RecordStore>(), answers, reports, log)
        );
        table.Add(Command.CollectLog, new CollectLog(parts.Find<LogRing>(), reports).Order);
        parts
            .Get<MessageDispatch>()
            .On<CommandMessage>(
                AirTopic.InCommand,
                (message, again) => time.WhenKnown(() => command.Run(message, again))
            );
        parts.AtStart(command.Restore);
        parts.Loop(command.Run);
        return parts;
    }
}
