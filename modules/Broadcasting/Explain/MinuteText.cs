using Loa.Broadcasting.Timetable;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Broadcasting.Explain;

/// <summary>An answer in the words of who asks.</summary>
static class MinuteText
{
    public static string Of(MinuteAnswer answer, DateTimeOffset minute) =>
        Words.Get(
            "minute.says." + answer.Key,
            minute.Shown(Precision.Clock),
            Titled(answer),
            Shown(answer.From, minute),
            Shown(answer.To, minute)
        );

    /// <summary>Why, in a sentence; null where the answer says it already.</summary>
    public static string? Why(MinuteAnswer answer, Func<Guid, string> nameOf) =>
        answer.Reason is not { Length: > 0 } reason || reason == "ordered" ? null
        : answer.By is { } by ? Words.Get("minute.because-by", Reason(reason), nameOf(by))
        : Words.Get("minute.because", Reason(reason));

    /// <summary>A reason of the plan or of the speaker; one that nobody knows is shown as it came.</summary>
    public static string Reason(string key) =>
        Words.Has("timetable.because." + key) ? Words.Get("timetable.because." + key)
        : Words.Has("reason." + key) ? Words.Get("reason." + key)
        : key;

    public static string Name(FateKind kind) => kind.ToString().ToLowerInvariant();

    static string Titled(MinuteAnswer answer) =>
        answer.Title is not { } title ? ""
        : answer.Key == "local" && Words.Has("source." + title) ? Words.Get("source." + title)
        : title;

    // The day is told where it is another.
    static string Shown(DateTimeOffset? at, DateTimeOffset minute) =>
        at is not { } moment ? "…"
        : VietnamTime.DayOf(moment) == VietnamTime.DayOf(minute) ? moment.Shown(Precision.Clock)
        : moment.Shown();
}
