using System.Globalization;
using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Vietnamese;

namespace Loa.Server.Ledger;

/// <summary>Which acts an auditor looks at: of a part of the ledger, in a period, by somebody, in a unit and below it.</summary>
/// <param name="Before">Those of before this moment only: where the page before ended.</param>
sealed record ActFilter(string Part, string By, string Unit, DateOnly? From, DateOnly? To, DateTimeOffset? Before)
{
    // The year 9999 has no day after its last.
    static readonly long latest = new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static ActFilter Of(HttpContext http)
    {
        var query = http.Request.Query;
        return new(
            query["part"].ToString(),
            query["by"].ToString().Trim(),
            query["unit"].ToString().Trim(),
            DayOf(query["from"]),
            DayOf(query["to"]),
            long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < latest
                ? DateTimeOffset.FromUnixTimeMilliseconds(at)
                : null
        );
    }

    public DateTimeOffset? Begin => From is { } day ? VietnamTime.StartOf(day) : null;

    /// <summary>The first moment that is too late.</summary>
    public DateTimeOffset? End
    {
        get
        {
            DateTimeOffset? over = To is { } day ? VietnamTime.StartOf(day.AddDays(1)) : null;
            return over < (Before ?? over) ? over : Before ?? over;
        }
    }

    /// <summary>The units whose name holds what was typed, each with all below it; null when all are meant.</summary>
    public IReadOnlyList<Guid>? Units(UnitTree tree) =>
        Folding.Fold(Unit) is { Length: > 0 } wanted
            ?
            [
                .. tree
                    .All.Where(u => Folding.Fold(u.Name).Contains(wanted, StringComparison.Ordinal))
                    .SelectMany(u => tree.SubtreeOf(u.Id))
                    .Select(u => u.Id)
                    .Distinct(),
            ]
            : null;

    // What is no day asks nothing, as an empty field does.
    static DateOnly? DayOf(string? text) =>
        TypedDay.TryParse(text, CultureInfo.InvariantCulture, out var typed) && typed.Day.IsOnCalendar()
            ? typed.Day
            : null;
}
