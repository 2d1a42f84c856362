using System.Text.Json;
using Loa.Air;
using Loa.Contracts.People;
using Loa.Devices.Registry;
using Loa.Devices.Witness;
using Loa.Kernel;

namespace Loa.Devices.Gateway;

/// <summary>
/// Tells speakers which of their records are stored, and which one was not and why: once for all that a speaker sent
/// together, signed for those that believe only what is signed.
/// </summary>
sealed class SayAcks(ITrust trust, OwnDelegation own, IDirectory directory, HeadTurns heads, TimeProvider clock)
{
    public async Task Say(IntakeBatch batch, CancellationToken cancel)
    {
        if (batch.Greet.Count == 0)
            return;
        var delegation = batch.Introduced.Count == 0 ? null : await own.Find(cancel);
        Speaker[] speakers = [.. batch.Greet.Select(batch.Of)];
        var sayings = new Saying[speakers.Length];
        // Each is one signature; thousands come back at once.
        Parallel.For(
            0,
            speakers.Length,
            new ParallelOptions { CancellationToken = cancel },
            i => sayings[i] = Ack(batch, speakers[i], delegation)
        );
        await directory.Say(sayings, cancel);
    }

    Saying Ack(IntakeBatch batch, Speaker speaker, string? delegation)
    {
        var refused = batch.Refused.GetValueOrDefault(speaker.Id);
        var message = new AckMessage(speaker.RecordSeq, speaker.RecordHash, refused);
        // One of before does not look at signatures.
        if (!batch.IsOld(speaker.Id))
        {
            var isFirst = batch.Introduced.TryGetValue(speaker.Id, out var nonce);
            if (isFirst)
                batch.Met(speaker.Id, nonce!);
            message = message with
            {
                Ack = Sign(speaker, batch.NonceOf(speaker.Id), refused, HeadFor(batch, speaker)),
                Delegations = isFirst && delegation is not null ? [delegation] : null,
            };
        }
        return new(speaker.Id, AirTopic.InAck, message.ToBytes());
    }

    // Only with an acknowledgement that the speaker knows to be of this connection.
    NotedHead? HeadFor(IntakeBatch batch, Speaker speaker) =>
        batch.TermsOf(speaker.Id) is { } terms && AirProtocol.IsThird(terms.Protocol) ? heads.Next(speaker.Id) : null;

    string Sign(Speaker speaker, string? nonce, RefusedRecord? refused, NotedHead? head)
    {
        var ack = new Acknowledgement(
            speaker.Id,
            speaker.RecordSeq,
            speaker.RecordHash,
            clock.Moment(),
            nonce,
            refused,
            head
        );
        return trust.SignAck(JsonSerializer.SerializeToUtf8Bytes(ack, Acknowledgement.Shape));
    }
}
