namespace Loa.Contracts.Gateway;

/// <summary>One thing that speakers are brought to: when they say what they hold, and again until they hold it.</summary>
public interface ISyncPart
{
    /// <summary>Compares what they hold with what they are to hold, and sends what is newer.</summary>
    Task Bring(IReadOnlyList<HeldVersions> speakers, CancellationToken cancel);

    /// <summary>Speakers that are connected, have said what they hold, and still lack something.</summary>
    Task<IReadOnlyList<HeldVersions>> Behind(CancellationToken cancel);
}
