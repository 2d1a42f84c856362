namespace Loa.Contracts.Gateway;

/// <summary>A speaker's key as it is stored.</summary>
/// <param name="Jwk">The public key as JSON.</param>
/// <param name="PlacedBy">The key that signed where the speaker stands.</param>
/// <param name="Connection">The number of the speaker's last connection.</param>
public sealed record StoredKey(Guid Speaker, string Kid, string Jwk, string PlacedBy, long Connection);

/// <summary>The keys by which speakers may connect.</summary>
public interface ISpeakerKeys
{
    /// <summary>As they are stored now; nothing for a speaker without a key.</summary>
    ValueTask<IReadOnlyList<StoredKey>> Find(IReadOnlyCollection<Guid> speakers, CancellationToken cancel);

    /// <summary>The speakers whose own key, or the key that signed where they stand, is one of these.</summary>
    ValueTask<IReadOnlyList<Guid>> StandingOn(IReadOnlyCollection<string> kids, CancellationToken cancel);
}
