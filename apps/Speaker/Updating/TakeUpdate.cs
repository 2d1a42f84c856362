using Loa.Air;
using Loa.Speaker.Commands;
using Loa.Speaker.Records;
using Loa.Speaker.Store;

namespace Loa.Speaker.Updating;

/// <summary>A server orders an update and its maker's word comes with it: both must hold, then it is under way.</summary>
sealed class TakeUpdate(
    JudgePackage judge,
    Packages packages,
    UpdateUnderWay underWay,
    RecordStore records,
    Wakeup changed
)
{
    public Execution Order(Command command, CommandMessage message, WriteBatch changes)
    {
        if (!packages.IsKept)
            return Fails(CommandFailure.Unkept);
        if (underWay.Current is not null)
            return Fails(CommandFailure.Busy);
        if (judge.Run(message.Package, command.Args.Package!) is { Ok: false, Reason: { } reason })
        {
            records.Refuse(RefusalSubject.Package, reason, message.Package ?? command.Args.Package!);
            return Fails(reason);
        }
        underWay.Begin(command, message, changes);
        return _ =>
        {
            changed.Raise();
            return Task.FromResult(Outcome.Later);
        };
    }

    static Execution Fails(string reason) => _ => Task.FromResult(Outcome.Failed(reason));
}
