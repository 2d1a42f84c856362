using System.Text.Json;
using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Contracts.Trust;
using Loa.Kernel;

namespace Loa.Gateway;

/// <summary>
/// Tells speakers which of their records are stored: once for all that a speaker sent together, signed for those that
/// believe only what is signed.
/// </summary>
sealed class Acknowledge(
    ITrust trust,
    TellRoots roots,
    OwnDelegations own,
    IConnectionRegistry connections,
    HeadTurns heads,
    TimeProvider clock
)
{
    public async Task Send(NodeConnections node, IReadOnlyList<StoredRecords> stored, CancellationToken cancel)
    {
        if (stored.Count == 0)
            return;
        Guid[] introduced = [.. stored.Where(s => s.Introduced is not null).Select(s => s.Speaker)];
        // By the root they know whether to believe what follows.
        await roots.Send(node, introduced, cancel);
        var delegations = introduced.Length > 0 ? await own.Find(cancel) : [];
        var messages = new OutgoingMessage[stored.Count];
        // Each is one signature; thousands come back at once.
        Parallel.For(
            0,
            stored.Count,
            new ParallelOptions { CancellationToken = cancel },
            i => messages[i] = new(stored[i].Speaker, AirTopic.InAck, Ack(node, stored[i], delegations).ToBytes())
        );
        await connections.Send(messages, cancel);
    }

    AckMessage Ack(NodeConnections node, StoredRecords stored, IReadOnlyList<string> delegations)
    {
        var message = new AckMessage(stored.Seq, stored.Hash, stored.Refused);
        // One of before does not look at signatures.
        if (node.IsOld(stored.Speaker))
            return message;
        if (stored.Introduced is { } nonce)
            node.Met(stored.Speaker, nonce);
        return message with
        {
            Ack = Sign(stored, node.NonceOf(stored.Speaker), HeadFor(node, stored.Speaker)),
            Delegations = stored.Introduced is not null && delegations.Count > 0 ? delegations : null,
        };
    }

    // Only with an acknowledgement that the speaker knows to be of this connection.
    NotedHead? HeadFor(NodeConnections node, Guid speaker) =>
        node.TermsOf(speaker) is { } terms && AirProtocol.IsThird(terms.Protocol) ? heads.Next(speaker) : null;

    string Sign(StoredRecords stored, string? nonce, NotedHead? head)
    {
        var ack = new Acknowledgement(
            stored.Speaker,
            stored.Seq,
            stored.Hash,
            clock.Moment(),
            nonce,
            stored.Refused,
            head
        );
        return trust.SignAck(JsonSerializer.SerializeToUtf8Bytes(ack, Acknowledgement.Shape));
    }
}
