using Microsoft.Extensions.Hosting;

namespace Loa.Kernel;

/// <summary>Work that one node does for the whole installation, for as long as the server runs or until it is done.</summary>
/// <param name="name">Written, for nodes of two versions have to agree on who does it: it stays when the type is renamed.</param>
public abstract class LeaderLoop<TSelf>(string name, BackgroundWork<TSelf> work) : BackgroundService
    where TSelf : LeaderLoop<TSelf>
{
    public string Name => name;

    protected BackgroundWork<TSelf> Work => work;

    /// <summary>Begun again when a failure ended it; returns only when it is done for good.</summary>
    protected abstract Task Loop(CancellationToken stop);

    protected sealed override Task ExecuteAsync(CancellationToken stoppingToken) =>
        work.Lead(Name, Loop, stoppingToken);
}
