namespace Loa.Air;

/// <summary>The end of a chain of records: the last number and the digest of the last record's text.</summary>
public readonly record struct RecordHead(long Seq, string Hash)
{
    /// <summary>Before the first record.</summary>
    public static RecordHead Start => new(0, "");
}
