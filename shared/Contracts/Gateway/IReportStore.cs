using Loa.Air;

namespace Loa.Contracts.Gateway;

/// <summary>Keeps what speakers report.</summary>
public interface IReportStore
{
    /// <summary>A speaker has proved itself and is connected.</summary>
    Report Connected(Guid speaker, DateTimeOffset at, ConnectionRef connection);

    /// <summary>A speaker's connection broke, or the speaker hung up.</summary>
    Report Gone(Guid speaker, DateTimeOffset at, ConnectionRef connection);

    /// <summary>Applies them in the order in which they came, all in one transaction.</summary>
    /// <param name="node">To which their speakers are, or were, connected.</param>
    Task<StoredBatch> Store(IGatewayNode node, IReadOnlyList<Report> reports, CancellationToken cancel);
}

/// <summary>What follows once a batch of reports is stored.</summary>
/// <param name="Disconnect">Speakers whose keys are no longer good.</param>
/// <param name="Acknowledge">Speakers that are to be told which of their records are stored.</param>
/// <param name="Held">What those hold that said so: they are compared with what they are to hold.</param>
public sealed record StoredBatch(
    IReadOnlyCollection<Guid> Disconnect,
    IReadOnlyList<StoredRecords> Acknowledge,
    IReadOnlyList<HeldVersions> Held
);

/// <summary>Up to which record of a speaker all is stored, and which one was not and why.</summary>
/// <param name="Introduced">The nonce that the speaker gave on this connection, if it was not answered with it yet.</param>
public readonly record struct StoredRecords(
    Guid Speaker,
    long Seq,
    string Hash,
    RefusedRecord? Refused,
    string? Introduced
);

/// <summary>What a speaker said it holds, by version; null before it said so.</summary>
/// <param name="LargestMessage">What it takes at once; absent when it takes any.</param>
/// <param name="Root">The root it obeys, by its key id.</param>
public readonly record struct HeldVersions(
    Guid Speaker,
    long? Timetable,
    long? Placement,
    long? Revocations,
    int? LargestMessage,
    string? Root
);
