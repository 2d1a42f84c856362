namespace Loa.Speaker.Records;

/// <summary>The end of the chain of records, as kept over a power cut.</summary>
sealed record RecordHeadNote(long Seq, string Hash);
