using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Devices.Plays;
using Loa.Devices.Registry;
using Loa.Jose;

namespace Loa.Devices.Gateway;

/// <summary>
/// A record in the speaker's own hand. It is stored once, in its order, if the speaker's key signed it;
/// what was sent is acknowledged only after it is stored.
/// </summary>
sealed class RecordReport : Report
{
    public const string Gap = "record.gap";
    public const string Broken = "record.broken";
    public const string Conflict = "record.conflict";

    readonly string compact;
    readonly long? seq;

    // The item is read before the signature is: it only says which row may be needed.
    public RecordReport(Guid speaker, DateTimeOffset at, string compact)
        : base(speaker, at)
    {
        this.compact = compact;
        var record = AirRecord.TryRead(compact, out var read, out _) ? read.Document : null;
        Items = record?.Item is { } item ? [item] : [];
        seq = record?.Seq;
    }

    public override IReadOnlyCollection<Guid> Items { get; }

    public override async ValueTask Apply(IntakeBatch batch, Speaker of, CancellationToken cancel)
    {
        if (batch.KeyOf(Speaker) is not { } key || key.KeyId != of.Kid)
            return;
        var head = new RecordHead(of.RecordSeq, of.RecordHash);
        var verdict = RecordChain.Verify(
            head,
            compact,
            Speaker,
            key,
            out var link,
            out var next,
            orTwin: batch.IsOld(Speaker)
        );
        if (!verdict.Ok)
        {
            of.RecordFault = verdict.Reason;
            batch.Refuse(Speaker, seq ?? head.Seq + 1, verdict.Reason);
            return;
        }
        if (link == RecordLink.Broken && await FollowsTwin(batch, head, verdict.Signed, cancel))
            (link, next) = (RecordLink.Next, new RecordHead(verdict.Document.Seq, verdict.Signed.Digest));
        switch (link)
        {
            case RecordLink.Next:
                (of.RecordSeq, of.RecordHash, of.RecordFault) = (next.Seq, next.Hash, null);
                batch.Db.Add(StoredRecord.Of(verdict.Signed, At));
                Decide(batch, of, verdict.Document);
                batch.Greet.Add(Speaker);
                break;
            case RecordLink.Repeat when await IsStored(batch, verdict.Signed, cancel):
                batch.Greet.Add(Speaker);
                break;
            // What is stored is said with the reason: the speaker goes on from there.
            case RecordLink.Repeat:
                of.RecordFault = Conflict;
                batch.Refuse(Speaker, verdict.Document.Seq, Conflict);
                break;
            case RecordLink.Gap:
                of.RecordFault = Gap;
                batch.Refuse(Speaker, verdict.Document.Seq, Gap);
                break;
            default:
                of.RecordFault = Broken;
                batch.Refuse(Speaker, verdict.Document.Seq, Broken);
                break;
        }
    }

    static async ValueTask<bool> IsStored(IntakeBatch batch, Signed<AirRecord> signed, CancellationToken cancel)
    {
        var record = signed.Document;
        var stored = await batch.Db.Records.FindAsync([record.Speaker, signed.KeyId, record.Seq], cancel);
        return stored is not null && Jws.IsNamed(stored.Jws, signed.Digest);
    }

    // Whoever passed on the record before with its other signature changed its digest, not what the speaker said.
    static async ValueTask<bool> FollowsTwin(
        IntakeBatch batch,
        RecordHead head,
        Signed<AirRecord> signed,
        CancellationToken cancel
    )
    {
        var stored = await batch.Db.Records.FindAsync([signed.Document.Speaker, signed.KeyId, head.Seq], cancel);
        return stored is not null && Jws.IsNamed(stored.Jws, signed.Document.Prev);
    }

    void Decide(IntakeBatch batch, Speaker of, AirRecord record)
    {
        if (record.Kind == RecordKind.Refusal)
        {
            // A command refused is somebody else's fault, an older document nobody's: neither stops the speaker.
            if (
                record.Subject != RefusalSubject.Command
                && !record.Reason!.EndsWith(".older", StringComparison.Ordinal)
            )
                (of.RefusedReason, of.RefusedAt) = (record.Reason, record.At);
            return;
        }
        var play = batch.PlayOf(Speaker, record.Item!.Value) ?? batch.Unplanned(record);
        var stage = record.Outcome switch
        {
            PlayOutcome.Played => PlayStage.Heard,
            PlayOutcome.Refused => PlayStage.Refused,
            _ => PlayStage.Failed,
        };
        (play.Stage, play.At, play.Decided) = (stage, record.At, true);
        play.Reason =
            stage == PlayStage.Heard ? null : record.Reason ?? "play." + record.Outcome!.ToString()!.ToLowerInvariant();
        (play.StartedAt, play.EndedAt) = (record.Start, record.End);
        play.LateMs = record.Late is { } late
            ? (int)Math.Clamp(late.TotalMilliseconds, int.MinValue, int.MaxValue)
            : null;
        if (stage == PlayStage.Heard)
            (of.RefusedReason, of.RefusedAt) = (null, null);
        if (stage == PlayStage.Refused)
            (of.RefusedReason, of.RefusedAt) = (play.Reason, record.At);
        if (of.Playing == record.Item)
            of.Playing = null;
        batch.Changed(play, of);
    }
}
