namespace Loa.Air;

/// <summary>Which rules a speaker knows; it says so in its own hand, in what it signs for enrolment and connection.</summary>
/// <remarks>
/// 1 is what said nothing. 2 signs with the lower s only, seals its claim code and believes signed acknowledgements only.
/// 3 refuses alone an item whose content it cannot play, follows a change of root and notes heads of the ledger. 4 plays streams.
/// </remarks>
public static class AirProtocol
{
    public const int First = 1;

    /// <summary>The first that follows a change of root.</summary>
    public const int Third = 3;

    /// <summary>The first that plays sound as it comes.</summary>
    public const int Fourth = 4;

    public const int Newest = Fourth;

    /// <summary>A speaker of 1: its signatures may have either spelling, and it does not look at signed acknowledgements.</summary>
    public static bool IsOld(int? told) => told is null or < 2;

    /// <summary>Whether it knows what came with 3.</summary>
    public static bool IsThird(int? told) => told >= Third;

    internal static bool IsWithinBounds(int? told) => told is null or (>= 1 and <= 1_000);
}
