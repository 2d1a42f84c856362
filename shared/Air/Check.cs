namespace Loa.Air;

/// <summary>One line per rule: the reason when the rule is broken, nothing when it holds, joined by <c>??</c>.</summary>
static class Check
{
    public static string? That(bool holds, string reason) => holds ? null : reason;

    public static string? Within(
        DateTimeOffset now,
        DateTimeOffset notBefore,
        DateTimeOffset expires,
        string early,
        string expired
    ) => That(now >= notBefore, early) ?? That(now < expires, expired);
}
