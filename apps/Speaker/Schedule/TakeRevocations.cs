using Loa.Air;
using Loa.Speaker.Messages;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Schedule;

/// <summary>The root's list of keys and delegations no longer believed: what is held is judged anew.</summary>
sealed class TakeRevocations(
    Guard guard,
    TakeTimetable timetable,
    MessageDispatch dispatch,
    ReportQueue reports,
    EventLog log
)
{
    public void Run(RevocationsMessage message)
    {
        if (guard.Revoke(message.Revocations) is { } reason)
        {
            dispatch.Refuse(RefusalSubject.Revocations, reason, message.Revocations);
            return;
        }
        log.Tell("revoked", ("version", guard.RevocationsVersion));
        timetable.Reconsider();
        reports.StateChanged();
    }
}
