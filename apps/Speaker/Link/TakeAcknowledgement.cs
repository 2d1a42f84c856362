using Loa.Air;
using Loa.Speaker.Records;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Link;

/// <summary>The server's word which records it holds: what it holds is let go of.</summary>
sealed class TakeAcknowledgement(Guard guard, RecordStore records, ConnectionNonce nonce, EventLog log)
{
    /// <summary>The server has said so signed and on this connection: it is ours, and it knows us.</summary>
    public event Action? Accepted;

    // In plain words anybody on the way could say it, and the proofs would be gone.
    public void Run(AckMessage message)
    {
        guard.Learn(message.Delegations ?? []);
        if (message.Ack is not { } signed)
        {
            log.Tell("unsigned-ack", ("seq", message.Seq));
            return;
        }
        var verdict = guard.Ack(signed);
        if (!verdict.Ok)
        {
            log.Tell("ack-refused", ("reason", verdict.Reason));
            return;
        }
        var ack = verdict.Document;
        var isFresh = ack.Nonce == nonce.Value;
        if (records.Acknowledge(ack, isFresh) is { } fault)
            log.Tell(fault, ("seq", ack.Seq), ("hash", ack.Hash), ("reason", ack.Refused?.Reason));
        if (!isFresh)
            return;
        if (ack.Head is { } head)
            records.Note(head);
        Accepted?.Invoke();
    }
}
