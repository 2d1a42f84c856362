using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>What a speaker did or refused, in its own hand, each record tied to the one before (<see cref="RecordChain"/>).</summary>
/// <param name="Prev">SHA-256 of the compact text of the record before, empty for the first.</param>
/// <param name="Late">Start less planned.</param>
/// <param name="Offset">Where in the sound it began: a late comer enters where the others are. Its start error is late less offset.</param>
/// <param name="ClockError">How far the speaker's clock may have been wrong at the start.</param>
/// <param name="Silent">How long what went to the sound card was silent.</param>
/// <param name="Clipped">Samples at full scale that went to the sound card.</param>
/// <param name="Instead">What sounded because the item could not.</param>
/// <param name="Source">Where a local sound came from.</param>
/// <param name="Head">The head of a ledger as the server named it.</param>
public sealed record AirRecord(
    Guid Speaker,
    long Seq,
    string Prev,
    DateTimeOffset At,
    RecordKind Kind,
    Guid? Item = null,
    Guid? Broadcast = null,
    Guid? Bulletin = null,
    string? Digest = null,
    DateTimeOffset? Planned = null,
    DateTimeOffset? Start = null,
    DateTimeOffset? End = null,
    PlayOutcome? Outcome = null,
    RefusalSubject? Subject = null,
    string? Reason = null,
    string? Detail = null,
    [property: JsonPropertyName("late_ms"), JsonConverter(typeof(Milliseconds))] TimeSpan? Late = null,
    [property: JsonPropertyName("offset_ms"), JsonConverter(typeof(Milliseconds))] TimeSpan? Offset = null,
    [property: JsonPropertyName("clock_ms"), JsonConverter(typeof(Milliseconds))] TimeSpan? ClockError = null,
    [property: JsonPropertyName("silent_ms"), JsonConverter(typeof(Milliseconds))] TimeSpan? Silent = null,
    int? Clipped = null,
    Fallback? Instead = null,
    string? Source = null,
    NotedHead? Head = null
) : AirDocument<AirRecord>, IAirDocument<AirRecord>
{
    public static string Type => "loa-record";

    public static JsonTypeInfo<AirRecord> Shape => AirJson.Default.AirRecord;

    /// <summary>A play, not yet in a chain.</summary>
    public static AirRecord Play(
        Guid speaker,
        DateTimeOffset at,
        TimetableItem item,
        PlayOutcome outcome,
        Release? release = null,
        DateTimeOffset? start = null,
        DateTimeOffset? end = null,
        string? reason = null
    ) =>
        new(speaker, 0, "", at, RecordKind.Play)
        {
            Item = item.Id,
            Broadcast = item.Broadcast,
            Bulletin = release?.Bulletin,
            Digest = release?.Digest,
            Planned = item.Start,
            Start = start,
            End = end,
            Outcome = outcome,
            Reason = reason,
            Late = start - item.Start,
        };

    /// <summary>A refusal that concerns no item, not yet in a chain.</summary>
    public static AirRecord Refused(
        Guid speaker,
        DateTimeOffset at,
        RefusalSubject subject,
        string reason,
        string? detail = null
    ) =>
        new(speaker, 0, "", at, RecordKind.Refusal)
        {
            Subject = subject,
            Reason = reason,
            Detail = detail,
        };

    /// <summary>A head of the server's ledger, not yet in a chain.</summary>
    public static AirRecord Noted(Guid speaker, DateTimeOffset at, NotedHead head) =>
        new(speaker, 0, "", at, RecordKind.Head) { Head = head };

    /// <summary>It ran to its end and nobody can have heard it: 80 % or more of its length was silent.</summary>
    [JsonIgnore]
    public bool WasSilent =>
        Outcome == PlayOutcome.Played
        && Silent is { } silent
        && silent > TimeSpan.Zero
        && (Start is not { } from || End is not { } to || silent >= 0.8 * (to - from));

    public bool IsWithinBounds() =>
        Seq > 0
        && (Seq == 1 ? Prev.Length == 0 : Bounds.IsDigest(Prev))
        && Bounds.Short(Reason, 64)
        && Bounds.Short(Detail)
        && (Digest is null || Bounds.IsDigest(Digest))
        && Kind switch
        {
            RecordKind.Play => IsPlay(),
            RecordKind.Refusal => Subject is not null && Reason is not null,
            RecordKind.Local => Bounds.IsWord(Source) && Start is not null,
            _ => Head is not null && Head.IsWithinBounds(),
        };

    bool IsPlay() => Item is not null && Broadcast is not null && Planned is not null && Outcome is not null;
}
