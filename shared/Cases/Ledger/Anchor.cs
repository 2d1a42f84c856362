using System.Globalization;
using System.Text.RegularExpressions;
using Loa.Contracts.Ledger;

namespace Loa.Cases;

/// <summary>A head as it is kept outside: one line of a mail or of a file, which a person can read and paste.</summary>
public sealed partial record Anchor(string Module, long Number, string At, string Hash)
{
    public static string Line(LedgerSealed head) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"loa-ledger {head.Module} {head.Number} {head.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} {head.Hash}"
        );

    /// <summary>Every head in a text, whatever stands around it: quotation marks of a mail, a signature, other words.</summary>
    public static IReadOnlyList<Anchor> In(string text) =>
        [
            .. Pattern()
                .Matches(text)
                .Where(m => long.TryParse(m.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out _))
                .Select(m => new Anchor(
                    m.Groups[1].Value,
                    long.Parse(m.Groups[2].ValueSpan, CultureInfo.InvariantCulture),
                    m.Groups[3].Value,
                    m.Groups[4].Value
                )),
        ];

    [GeneratedRegex(@"loa-ledger ([a-z]{1,40}) ([0-9]{1,18}) ([0-9TZ:-]{20}) ([0-9a-f]{64})(?![0-9a-f])")]
    private static partial Regex Pattern();
}
