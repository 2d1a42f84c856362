namespace Loa.Contracts.People;

/// <summary>What the other modules ask of sessions.</summary>
public interface ISessions
{
    /// <summary>Whether the officer is still signed in by this session; answered from memory.</summary>
    ValueTask<bool> IsOpen(Guid sessionId, Guid officerId, CancellationToken cancel);
}
