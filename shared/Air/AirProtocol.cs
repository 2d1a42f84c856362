namespace Loa.Air;

/// <summary>Which rules a speaker knows; it says so in its own hand, in what it signs for enrolment and connection.</summary>
/// <remarks>
/// 1 is what said nothing. 2 signs with the lower s only, seals its claim code and believes signed acknowledgements only.
/// </remarks>
public static class AirProtocol
{
    public const int Newest = 2;

    /// <summary>A speaker of before: its signatures may have either spelling, and it does not know what came later.</summary>
    public static bool IsOld(int? told) => told is null or < Newest;

    internal static bool IsWithinBounds(int? told) => told is null or (>= 1 and <= 1_000);
}
