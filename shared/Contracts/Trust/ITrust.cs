using Loa.Air;
using Loa.Jose;

namespace Loa.Contracts.Trust;

/// <summary>A document signed by the server's own delegated key, with the delegations that let it: one of each root whose word counts.</summary>
public sealed record SignedByServer(string Jws, IReadOnlyList<string> Delegations);

/// <summary>A placement signed for one speaker, with the delegations (none when the root signed it) that let it.</summary>
public sealed record SignedPlacement(string Jws, IReadOnlyList<string> Delegations);

/// <summary>What the other modules ask of keys, delegations and revocation. Documents are JWS compact (docs/protocols/speaker.md).</summary>
public interface ITrust
{
    /// <summary>The province's root of today; null until one is made or installed.</summary>
    PublicKey? Root { get; }

    /// <summary>How it came to be that one: each change as the root before signed it, the first one first.</summary>
    IReadOnlyList<string> RootChanges { get; }

    /// <summary>The root key lies on this server's disk: for demonstrations only, and said so on every page.</summary>
    bool IsDemoRoot { get; }

    /// <summary>
    /// The delegations in force for a key, newest first; after those of the root of today those of the one before, as long as its
    /// word counts.
    /// </summary>
    ValueTask<IReadOnlyList<string>> DelegationsOf(string kid, CancellationToken cancel);

    /// <summary>
    /// The ids of an officer's own keys for which a delegation of this kind (release, placement, package) is in force, newest
    /// first; empty when he cannot sign such a document yet.
    /// </summary>
    ValueTask<IReadOnlyList<string>> KeysOf(Guid officerId, string kind, CancellationToken cancel);

    /// <summary>The signed list of what is revoked; null while nothing ever was.</summary>
    ValueTask<string?> Revocations(CancellationToken cancel);

    /// <summary>
    /// The judge that speakers have: the root of today, these delegations, what is revoked now. Refused (trust.no-root) while
    /// there is no root.
    /// </summary>
    ValueTask<Chain> ChainWith(IEnumerable<string> delegations, CancellationToken cancel);

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

    /// <summary>What lets the server's own key sign, of each root whose word counts; refused (trust.server-not-delegated) when the root of today let it do nothing.</summary>
    ValueTask<IReadOnlyList<string>> ServerDelegations(CancellationToken cancel);

    /// <summary>Signs a placement with the demo root; refused (trust.placement-by-hand) when the root is offline.</summary>
    ValueTask<SignedPlacement> Place(ReadOnlyMemory<byte> placementPayload, CancellationToken cancel);

    /// <summary>
    /// Takes back what an officer may no longer sign, by the demo root and at once; of an offline root the list is drawn up and
    /// waits for its keeper.
    /// </summary>
    Task TakeBack(Guid officerId, HolderGone why, CancellationToken cancel);
}

/// <summary>Why nobody stands behind a delegation any more.</summary>
public enum HolderGone
{
    PostOver,
    Locked,
}

/// <summary>The list of revoked keys has a new version; every connected speaker must have it within seconds.</summary>
[EventName("revocations-changed", Formerly = "Loa.Contracts.People.RevocationsChanged")]
public sealed record RevocationsChanged(int Version);

/// <summary>Another root took the place of the one before: every speaker must have it before the old one's word ends.</summary>
/// <param name="Root">The key id of the new one.</param>
[EventName("root-changed")]
public sealed record RootChanged(string Root);
