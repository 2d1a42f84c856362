namespace Loa.Playout.AsRun;

/// <summary>A speaker may live in a wrong year, or say so. What it tells of a moment is kept in its record, but orders nothing here.</summary>
static class SaneMoment
{
    // Longer than any speaker keeps records without a line.
    static readonly TimeSpan longestAway = TimeSpan.FromDays(400);
    static readonly TimeSpan fastest = TimeSpan.FromHours(1);

    public static bool Is(DateTimeOffset told, DateTimeOffset heard) =>
        told <= heard + fastest && told >= heard - longestAway;

    /// <summary>The moment as it was told, or when it was heard of if that cannot be.</summary>
    public static DateTimeOffset Of(DateTimeOffset told, DateTimeOffset heard) => Is(told, heard) ? told : heard;
}
