using System.Globalization;
using Loa.Contracts.Notices;
using Loa.Kernel;

namespace Loa.Notices.Delivery;

/// <summary>How one officer wants to be told while he has no page open: where, of what, and when not.</summary>
sealed class NoticeChoice
{
    /// <summary>When what waited for the day goes out in one letter.</summary>
    public static readonly TimeOnly DailyAt = new(7, 0);

    public required Guid OfficerId { get; init; }

    /// <summary>In which he is written to.</summary>
    public string Language { get; set; } = "vi";
    public string? Mail { get; set; }
    public string? Phone { get; set; }

    /// <summary>Letters come once a day.</summary>
    public bool Daily { get; set; }

    /// <summary>From when to when he is left in peace, as a clock shows it; null for never.</summary>
    public string? QuietFrom { get; set; }
    public string? QuietTo { get; set; }

    /// <summary>"kind:way" for each kind that he does not want to be told by a way, separated by blanks.</summary>
    public string Silenced { get; set; } = "";

    public CultureInfo Culture => CultureInfo.GetCultureInfo(Language == "en" ? "en" : "vi-VN");

    public bool IsSilenced(string kind, string way) =>
        Silenced.Split(' ').Contains($"{kind}:{way}", StringComparer.Ordinal);

    /// <summary>When he is to be told by a way; null for never. Who must act on an emergency is told at once, whatever he chose.</summary>
    public DateTimeOffset? DueAt(NoticeKind kind, bool isUrgent, string way, bool isDaily, DateTimeOffset now)
    {
        if (isUrgent && kind.MustAct)
            return now;
        if (IsSilenced(kind.Name, way))
            return null;
        var due = now + kind.Patience;
        if (isDaily)
            return Next(DailyAt, due);
        return QuietFrom is { } from && QuietTo is { } to && IsQuiet(Clock(from), Clock(to), due)
            ? Next(Clock(to), due)
            : due;
    }

    static bool IsQuiet(TimeOnly from, TimeOnly to, DateTimeOffset at) =>
        TimeOnly.FromTimeSpan(VietnamTime.Of(at).TimeOfDay).IsBetween(from, to);

    /// <summary>The next time that a clock shows this.</summary>
    static DateTimeOffset Next(TimeOnly time, DateTimeOffset after)
    {
        var today = VietnamTime.StartOf(VietnamTime.DayOf(after)) + time.ToTimeSpan();
        return today > after ? today : today.AddDays(1);
    }

    static TimeOnly Clock(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}
