namespace Loa.Calendar;

/// <summary>A rule that names days; at which hour of them something happens, its series says.</summary>
public abstract record DayRule
{
    /// <summary>Adds the days of the rule between two days, both among them, in their order.</summary>
    /// <param name="start">The day at which the series begins: the rule takes from it what it does not say itself, and counts from it.</param>
    public abstract void Days(DateOnly start, DateOnly from, DateOnly to, List<DateOnly> into);

    /// <summary>As it is stored and sent: "FREQ=…" (RFC 5545), or "LUNAR;…".</summary>
    public abstract string Text { get; }

    public sealed override string ToString() => Text;

    public static bool TryRead(string text, out DayRule? rule, out RuleFault fault) =>
        LunarRule.Begins(text)
            ? LunarRule.TryParse(text, out rule, out fault)
            : RuleText.TryRead(text, out rule, out fault);

    public static DayRule Read(string text) =>
        TryRead(text, out var rule, out var fault) ? rule! : throw new FormatException(fault.ToString());
}
