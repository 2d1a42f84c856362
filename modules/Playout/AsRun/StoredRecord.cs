using Loa.Air;

namespace Loa.Playout.AsRun;

/// <summary>A record in the speaker's own hand, stored once and for ever.</summary>
sealed class StoredRecord
{
    public required Guid SpeakerId { get; init; }

    /// <summary>The key that signed it; another board of the same place begins at 1 again.</summary>
    public required string Kid { get; init; }
    public required long Seq { get; init; }
    public required string Digest { get; init; }
    public required string Jws { get; init; }
    public required DateTimeOffset At { get; init; }
    public required RecordKind Kind { get; init; }
    public Guid? ItemId { get; init; }
    public Guid? BroadcastId { get; init; }
    public PlayOutcome? Outcome { get; init; }
    public RefusalSubject? Subject { get; init; }
    public string? Reason { get; init; }
    public string? Detail { get; init; }
    public required DateTimeOffset StoredAt { get; init; }

    public static StoredRecord Of(Signed<AirRecord> signed, DateTimeOffset now)
    {
        var record = signed.Document;
        return new()
        {
            SpeakerId = record.Speaker,
            Kid = signed.KeyId,
            Seq = record.Seq,
            Digest = signed.Digest,
            Jws = signed.Compact,
            At = SaneMoment.Of(record.At, now),
            Kind = record.Kind,
            ItemId = record.Item,
            BroadcastId = record.Broadcast,
            Outcome = record.Outcome,
            Subject = record.Subject,
            Reason = record.Reason,
            Detail = record.Detail,
            StoredAt = now,
        };
    }
}
