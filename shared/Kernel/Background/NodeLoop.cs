using Microsoft.Extensions.Hosting;

namespace Loa.Kernel;

/// <summary>
/// Work that every node does for itself, for as long as the server runs or until it is done: what it works on is in this node's
/// memory, or hangs on its connections.
/// </summary>
public abstract class NodeLoop<TSelf>(BackgroundWork<TSelf> work) : BackgroundService
    where TSelf : NodeLoop<TSelf>
{
    protected BackgroundWork<TSelf> Work => work;

    /// <summary>Begun again when a failure ended it; returns only when it is done for good.</summary>
    protected abstract Task Loop(CancellationToken stop);

    protected sealed override Task ExecuteAsync(CancellationToken stoppingToken) => work.GoOn(Loop, stoppingToken);
}
