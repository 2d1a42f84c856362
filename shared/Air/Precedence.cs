namespace Loa.Air;

/// <summary>
/// The order in which sounds are heard at one place (Circular 39/2020): emergency before priority before ordinary, then the
/// earlier start, then the lower id. Server and speaker plan by this one rule.
/// </summary>
/// <remarks>The least comes first; <c>precedence.json</c> beside the protocol has each case.</remarks>
public readonly record struct Precedence(AirClass Class, DateTimeOffset Start, Guid Id) : IComparable<Precedence>
{
    /// <summary>The classes, the least pressing first, as people choose among them.</summary>
    public static IReadOnlyList<AirClass> Classes { get; } = Enum.GetValues<AirClass>();

    /// <summary>Whether a sound cuts into another one that is on the air.</summary>
    public static bool Interrupts(AirClass one, AirClass other) => one > other;

    public int CompareTo(Precedence other) =>
        other.Class.CompareTo(Class) is not 0 and var byClass ? byClass
        : Start.CompareTo(other.Start) is not 0 and var byStart ? byStart
        : Id.CompareTo(other.Id);

    public static bool operator <(Precedence one, Precedence other) => one.CompareTo(other) < 0;

    public static bool operator >(Precedence one, Precedence other) => one.CompareTo(other) > 0;

    public static bool operator <=(Precedence one, Precedence other) => one.CompareTo(other) <= 0;

    public static bool operator >=(Precedence one, Precedence other) => one.CompareTo(other) >= 0;
}
