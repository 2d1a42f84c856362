using System.Globalization;
using Loa.Contracts.Retention;
using Loa.Kernel;

namespace Loa.Retention.Rules;

/// <summary>A rule as people write and read it.</summary>
static class RetentionRuleText
{
    public static RetentionRule Read(IKeptKind kind, string then, int days)
    {
        Refuse.Unless(Enum.TryParse<OldAge>(then, ignoreCase: true, out var age), "retention.not-here");
        if (age == OldAge.Keep)
            return RetentionRule.Forever;
        Refuse.If(!kind.Ages.Contains(age), "retention.not-here");
        Refuse.If(days < kind.LeastDays, "retention.too-soon", kind.LeastDays);
        return new(age, days);
    }

    public static string Of(string kind, RetentionRule rule) =>
        Words.Get(
            rule.Then switch
            {
                OldAge.Keep => "retention.then.keep",
                OldAge.Pack => "retention.then.pack",
                OldAge.Archive => "retention.then.archive",
                _ => $"retention.then.{kind}",
            },
            rule.Days.ToString("N0", CultureInfo.CurrentCulture)
        );

    public static string Bytes(double bytes) =>
        Math.Abs(bytes) switch
        {
            >= 1e12 => Words.Get("retention.terabytes", bytes / 1e12),
            >= 1e9 => Words.Get("retention.gigabytes", bytes / 1e9),
            _ => Words.Get("retention.megabytes", bytes / 1e6),
        };
}
