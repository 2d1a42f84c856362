namespace Loa.Calendar;

/// <summary>The last moment of a rule (RFC 5545 UNTIL), itself among it: a whole day, or a moment.</summary>
public readonly record struct RuleUntil(DateOnly? Day, DateTimeOffset? Moment)
{
    public static RuleUntil The(DateOnly day) => new(day, null);

    public static RuleUntil The(DateTimeOffset moment) => new(null, moment.ToUniversalTime());
}
