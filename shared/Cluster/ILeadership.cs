namespace Loa.Cluster;

/// <summary>Sees to it that one node of the installation does a work for all of them.</summary>
public interface ILeadership
{
    /// <summary>
    /// Waits until this node leads the work, then does it. The token given to it is cancelled when another node takes over; it is
    /// begun again when this one leads again. Returns when the work is done, and throws what it threw.
    /// </summary>
    /// <param name="name">The same on all nodes.</param>
    Task Lead(string name, Func<CancellationToken, Task> work, CancellationToken cancel);
}
