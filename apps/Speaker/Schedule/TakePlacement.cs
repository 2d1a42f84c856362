using Loa.Air;
using Loa.Speaker.Messages;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Schedule;

/// <summary>The signed statement where the speaker stands: what it may play there is judged anew.</summary>
sealed class TakePlacement(
    Guard guard,
    TakeTimetable timetable,
    MessageDispatch dispatch,
    ReportQueue reports,
    EventLog log
)
{
    public void Run(PlacementMessage message)
    {
        guard.Learn(message.Delegations);
        if (guard.Place(message.Placement) is { } reason)
        {
            dispatch.Refuse(RefusalSubject.Placement, reason, message.Placement);
            return;
        }
        log.Tell("placed", ("version", guard.PlacementVersion));
        timetable.Reconsider();
        reports.StateChanged();
    }
}
