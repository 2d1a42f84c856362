using Loa.Air;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Messages;

/// <summary>The province has another root: signed by the one before, it is obeyed from now on.</summary>
sealed class TakeRootChange(Guard guard, ReportQueue queue, EventLog log)
{
    public void Run(RootMessage message)
    {
        if (!guard.Follow(message.Roots))
            return;
        log.Tell("root-changed", ("kid", guard.Root.KeyId));
        queue.StateChanged();
    }
}
