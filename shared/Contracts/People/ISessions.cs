namespace Loa.Contracts.People;

/// <summary>What the other modules ask of sessions.</summary>
public interface ISessions
{
    /// <summary>Whether the officer is still signed in by this session; answered from memory.</summary>
    ValueTask<bool> IsOpen(Guid sessionId, Guid officerId, CancellationToken cancel);

    /// <summary>Whether somebody ended it: he signed out, was locked out, took another password. That nobody used it for long is no such end.</summary>
    ValueTask<bool> IsSignedOut(Guid sessionId, CancellationToken cancel);
}
