namespace Loa.Retention.Sweeps;

/// <summary>How much there was of a kind on one day.</summary>
sealed class SizeOfDay
{
    public required string Kind { get; init; }
    public required DateOnly Day { get; init; }
    public long Rows { get; set; }
    public long Bytes { get; set; }
    public bool InFiles { get; set; }
}
