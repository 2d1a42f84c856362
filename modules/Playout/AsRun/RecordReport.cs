using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Contracts.Gateway;
using Loa.Jose;

namespace Loa.Playout.AsRun;

/// <summary>
/// A record in the speaker's own hand. It is stored once, in its order, if the speaker's key signed it;
/// what was sent is acknowledged only after it is stored.
/// </summary>
sealed class RecordReport : BatchedReport, IAboutItems
{
    public const string Gap = "record.gap";
    public const string Broken = "record.broken";
    public const string Conflict = "record.conflict";
    public const string Flood = RecordChain.Flood;

    readonly Signed<AirRecord>? read;
    readonly string? unreadable;
    Verdict<AirRecord> verdict;
    string? provedBy;

    public RecordReport(Guid speaker, DateTimeOffset at, string compact)
        : base(speaker, at)
    {
        if (AirRecord.TryRead(compact, out read, out unreadable))
            Items = read.Document.Item is { } item ? [item] : [];
    }

    public IReadOnlyCollection<Guid> Items { get; } = [];

    public override int Weight => Items.Count;

    /// <summary>The play that it proves; null when its signature does not hold, or when it is a refusal.</summary>
    public AirRecord? Play => verdict.Ok && verdict.Document.Kind == RecordKind.Play ? verdict.Document : null;

    public static Report? Read(ReadOnlySpan<byte> payload, Guid speaker, DateTimeOffset at, out string? fault) =>
        RecordMessage.TryRead(payload, out var record, out fault) ? new RecordReport(speaker, at, record.Record) : null;

    public override void Prove(PublicKey? key, bool isOld)
    {
        provedBy = key?.KeyId;
        if (key is not null && read is not null)
            verdict = RecordChain.Judge(read, Speaker, key, orTwin: isOld);
        if (verdict.Ok && verdict.Document.Kind == RecordKind.Refusal)
            PlayoutMeters.Refused(verdict.Document.Subject!.Value);
    }

    public override async ValueTask Apply(IReportBatch batch, IReportingSpeaker of, CancellationToken cancel)
    {
        // Its key may have been replaced between the proof and this moment.
        if (provedBy is null || provedBy != of.Kid)
            return;
        var head = of.Recorded;
        if (!verdict.Ok)
        {
            of.RecordFault = verdict.Reason ?? unreadable;
            batch.Refuse(Speaker, read?.Document.Seq ?? head.Seq + 1, of.RecordFault!);
            return;
        }
        var link = RecordChain.Place(head, verdict.Signed, out var next);
        if (link == RecordLink.Broken && await FollowsTwin(batch, head, verdict.Signed, cancel))
            (link, next) = (RecordLink.Next, new RecordHead(verdict.Document.Seq, verdict.Signed.Digest));
        switch (link)
        {
            case RecordLink.Next when !batch.Part<PlayPart>().MayStore(batch, of, At):
                // Not acknowledged: the speaker keeps it and comes again.
                of.RecordFault = Flood;
                batch.Refuse(Speaker, verdict.Document.Seq, Flood);
                break;
            case RecordLink.Next:
                (of.Recorded, of.RecordFault) = (next, null);
                batch.Part<PlayPart>().Db.Add(StoredRecord.Of(verdict.Signed, At));
                Decide(batch, of, verdict.Document);
                batch.Acknowledge(Speaker);
                break;
            case RecordLink.Repeat when await IsStored(batch, verdict.Signed, cancel):
                batch.Acknowledge(Speaker);
                break;
            // What is stored is said with the reason: the speaker goes on from there.
            case RecordLink.Repeat:
                of.RecordFault = Conflict;
                batch.Refuse(Speaker, verdict.Document.Seq, Conflict);
                break;
            case RecordLink.Gap:
                // Of one that floods nothing is missing but what was held back.
                of.RecordFault = of.RecordFault == Flood ? Flood : Gap;
                batch.Refuse(Speaker, verdict.Document.Seq, of.RecordFault);
                break;
            default:
                of.RecordFault = Broken;
                batch.Refuse(Speaker, verdict.Document.Seq, Broken);
                break;
        }
    }

    static async ValueTask<bool> IsStored(IReportBatch batch, Signed<AirRecord> signed, CancellationToken cancel)
    {
        var record = signed.Document;
        var stored = await batch
            .Part<PlayPart>()
            .Db.Records.FindAsync([record.Speaker, signed.KeyId, record.Seq], cancel);
        return stored is not null
            ? Jws.IsNamed(stored.Jws, signed.Digest)
            : await OldRecords.Hold(
                batch.Part<PlayPart>().Db,
                record.Speaker,
                signed.KeyId,
                record.Seq,
                signed.Digest,
                cancel
            );
    }

    // Whoever passed on the record before with its other signature changed its digest, not what the speaker said.
    static async ValueTask<bool> FollowsTwin(
        IReportBatch batch,
        RecordHead head,
        Signed<AirRecord> signed,
        CancellationToken cancel
    )
    {
        var stored = await batch
            .Part<PlayPart>()
            .Db.Records.FindAsync([signed.Document.Speaker, signed.KeyId, head.Seq], cancel);
        return stored is not null && Jws.IsNamed(stored.Jws, signed.Document.Prev);
    }

    void Decide(IReportBatch batch, IReportingSpeaker of, AirRecord record)
    {
        var at = SaneMoment.Of(record.At, At);
        if (record.Kind == RecordKind.Refusal)
        {
            // A command, a package or a time refused is somebody else's fault, an older document nobody's: the speaker plays on.
            if (
                record.Subject is not (RefusalSubject.Command or RefusalSubject.Package or RefusalSubject.Time)
                && !record.Reason!.EndsWith(".older", StringComparison.Ordinal)
            )
                (of.RefusedReason, of.RefusedAt) = (record.Reason, at);
            return;
        }
        // What it did of its own, and what it was given to keep, is a proof and changes nothing here.
        if (record.Kind != RecordKind.Play)
            return;
        // A play is made only of what it was told to play: its word about other things stays a record, and no more.
        var plays = batch.Part<PlayPart>();
        if (plays.PlayOf(Speaker, record.Item!.Value) is not { } play || play.BroadcastId != record.Broadcast)
            return;
        play.Decide(record, at, At);
        if (play.Stage == PlayStage.Heard)
            (of.RefusedReason, of.RefusedAt) = (null, null);
        if (play.Stage == PlayStage.Refused)
            (of.RefusedReason, of.RefusedAt) = (play.Reason, at);
        if (of.Playing == record.Item)
            of.Playing = null;
        plays.Changed(play);
    }
}
