using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Loa.Air;
using Loa.Broadcasting.Programmes;
using Loa.Calendar;
using Loa.Kernel;

namespace Loa.Broadcasting.Planning;

/// <summary>How often a programme is heard, as people say it.</summary>
[JsonConverter(typeof(Word<ProgrammeRepeat>))]
enum ProgrammeRepeat
{
    Once,
    Daily,
    Weekly,

    /// <summary>Each month on dates.</summary>
    Dates,

    /// <summary>Each month on the nth weekday.</summary>
    Nth,
}

/// <summary>The days of the week as RFC 5545 writes them.</summary>
[JsonConverter(typeof(Word<RuleDay>))]
enum RuleDay
{
    Mo,
    Tu,
    We,
    Th,
    Fr,
    Sa,
    Su,
}

/// <summary>A programme as the editor's form, or a program, asks for it.</summary>
/// <param name="Items">Approved bulletins in their order; one may come twice.</param>
/// <param name="Weekdays">Weekly: on these weekdays. On the nth weekday of a month: the weekday.</param>
/// <param name="Ordinal">The nth weekday, −1 the last.</param>
/// <param name="Rule">In place of all that: a rule of RFC 5545, or one of the lunar calendar.</param>
/// <param name="LeftOut">Days on which it is not heard.</param>
/// <param name="InSession">In the first session from this time on that has room; else at this very time.</param>
/// <param name="Gap">Seconds of silence between two items.</param>
/// <param name="Jingles">Those of the items that are signature tunes.</param>
/// <param name="Id">Made by the page, so that a form sent twice plans once.</param>
record ProgrammeRequest(
    [MaxLength(200)] string Name,
    [MinLength(1), MaxLength(100)] Guid[] Items,
    DateOnly First,
    TimeOnly At,
    [MinLength(1), MaxLength(2000)] Guid[] Units,
    ProgrammeRepeat? Repeat = null,
    [MaxLength(7)] RuleDay[]? Weekdays = null,
    [MaxLength(32)] int[]? Dates = null,
    [Range(-5, 5)] int? Ordinal = null,
    DateOnly? Until = null,
    [Range(1, 10_000)] int? Times = null,
    [MaxLength(500)] string? Rule = null,
    [MaxLength(400)] DateOnly[]? LeftOut = null,
    bool InSession = false,
    [Range(0, 600)] int Gap = 0,
    [MaxLength(100)] Guid[]? Jingles = null,
    [MaxLength(2000)] Guid[]? Except = null,
    bool GoesOn = false,
    Guid? Id = null,
    int? Seen = null
)
{
    /// <summary>When it is heard; what was moved before stays moved while its time stands.</summary>
    public ProgrammeTimes When(IReadOnlyList<MovedTime>? moved)
    {
        if (!First.IsOnCalendar() || Until?.IsOnCalendar() == false)
            throw new InvalidException("first", "day");
        return new(
            First.ToDateTime(At),
            RuleText(),
            InSession,
            [.. (LeftOut ?? []).Select(day => day.ToDateTime(At))],
            [.. (moved ?? []).Where(m => TimeOnly.FromDateTime(m.Original) == At)]
        );
    }

    string? RuleText()
    {
        if (!string.IsNullOrWhiteSpace(Rule))
            return DayRule.TryRead(Rule, out var read, out _)
                ? read!.Text
                : throw new InvalidException("rule", "format");
        Refuse.If(Times is not null && Until is not null, "programme.count-and-until");
        var pattern = Repeat switch
        {
            ProgrammeRepeat.Once => null,
            ProgrammeRepeat.Daily => new RulePattern(PatternKind.Daily),
            ProgrammeRepeat.Weekly when Weekdays is { Length: > 0 } => new RulePattern(PatternKind.Weekly)
            {
                Weekdays = [.. Weekdays.Distinct().Order().Select(DayOf)],
            },
            ProgrammeRepeat.Dates when Dates is { Length: > 0 } && Dates.All(IsDate) => new RulePattern(
                PatternKind.MonthlyOnDates
            )
            {
                Dates = [.. Dates.Distinct().Order()],
            },
            ProgrammeRepeat.Nth when Weekdays is [var day] && Ordinal is { } nth and not 0 => new RulePattern(
                PatternKind.MonthlyOnWeekday
            )
            {
                Weekdays = [DayOf(day)],
                Ordinal = nth,
            },
            null => throw new InvalidException("repeat", "required"),
            ProgrammeRepeat.Dates => throw new InvalidException("dates", "required"),
            _ => throw new InvalidException("weekdays", "required"),
        };
        var until = Until is { } last ? RuleUntil.The(last) : (RuleUntil?)null;
        return (pattern is null ? null : pattern with { Count = Times, Until = until })?.Rule()!.Text;
    }

    static DayOfWeek DayOf(RuleDay day) => (DayOfWeek)(((int)day + 1) % 7);

    static bool IsDate(int date) => date == -1 || date is >= 1 and <= 31;
}
