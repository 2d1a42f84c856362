namespace Loa.Cluster;

/// <summary>An installation of one node, which leads whatever there is to lead.</summary>
sealed class OnlyNode : ILeadership
{
    public Task Lead(string name, Func<CancellationToken, Task> work, CancellationToken cancel) => work(cancel);
}
