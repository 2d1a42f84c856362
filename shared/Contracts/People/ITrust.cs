namespace Loa.Contracts.People;

/// <summary>A document signed by the server's own delegated key, with the delegation that lets it.</summary>
public sealed record SignedByServer(string Jws, string Delegation);

/// <summary>A placement signed for one speaker, with the delegations (none when the root signed it) that let it.</summary>
public sealed record SignedPlacement(string Jws, IReadOnlyList<string> Delegations);

/// <summary>What the other modules ask of keys, delegations and revocation. Documents are JWS compact (docs/protocols/speaker.md).</summary>
public interface ITrust
{
    /// <summary>The root's public key as a JWK in JSON; null until a root is made or installed.</summary>
    string? Root { get; }

    /// <summary>The root key lies on this server's disk: for demonstrations only, and said so on every page.</summary>
    bool IsDemoRoot { get; }

    /// <summary>The delegations in force for a key, newest first.</summary>
    ValueTask<IReadOnlyList<string>> DelegationsOf(string kid, CancellationToken cancel);

    /// <summary>
    /// The ids of an officer's own keys for which a delegation of this kind (release, placement, package) is in force, newest
    /// first; empty when he cannot sign such a document yet.
    /// </summary>
    ValueTask<IReadOnlyList<string>> KeysOf(Guid officerId, string kind, CancellationToken cancel);

    /// <summary>The signed list of what is revoked; null while nothing ever was.</summary>
    ValueTask<string?> Revocations(CancellationToken cancel);

    /// <summary>Signs a timetable or a command with the server's delegated key.</summary>
    ValueTask<SignedByServer> Sign(string type, ReadOnlyMemory<byte> payload, CancellationToken cancel);

    /// <summary>Signs many timetables with one look at the delegation.</summary>
    ValueTask<IReadOnlyList<SignedByServer>> SignMany(
        string type,
        IReadOnlyList<ReadOnlyMemory<byte>> payloads,
        CancellationToken cancel
    );

    /// <summary>Signs what the server's clock shows (loa-time) on the caller's own thread; no database is asked.</summary>
    string SignTime(ReadOnlySpan<byte> payload);

    /// <summary>Signs which records of a speaker are stored (loa-ack), in the same way.</summary>
    string SignAck(ReadOnlySpan<byte> payload);

    /// <summary>What lets the server's own key sign; refused (trust.server-not-delegated) when the root let it do nothing.</summary>
    ValueTask<string> ServerDelegation(CancellationToken cancel);

    /// <summary>Signs a placement with the demo root; refused (trust.placement-by-hand) when the root is offline.</summary>
    ValueTask<SignedPlacement> Place(ReadOnlyMemory<byte> placementPayload, CancellationToken cancel);
}

/// <summary>The list of revoked keys has a new version; every connected speaker must have it within seconds.</summary>
[EventName("revocations-changed", Formerly = "Loa.Contracts.People.RevocationsChanged")]
public sealed record RevocationsChanged(int Version);
