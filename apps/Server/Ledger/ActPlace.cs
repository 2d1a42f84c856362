using System.Globalization;

namespace Loa.Server.Ledger;

/// <summary>Where an act stands in the list of all: by its moment, then its part of the ledger, then its position there.</summary>
sealed record ActPlace(DateTimeOffset At, string Part, long Position)
{
    // The year 9999 has no day after its last.
    static readonly long latest = new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds()}-{Position}-{Part}");

    /// <summary>Null for what is no place, as for none.</summary>
    public static ActPlace? Read(string? text) =>
        (text ?? "").Split('-', 3) is [var at, var position, var part]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var moment)
        && moment < latest
        && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(DateTimeOffset.FromUnixTimeMilliseconds(moment), part, number)
            : null;
}
