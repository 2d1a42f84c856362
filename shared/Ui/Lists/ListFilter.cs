using Loa.Kernel;

namespace Loa.Ui;

/// <summary>How a filter is asked for.</summary>
public enum FilterKind
{
    Choice,
    Unit,
    From,
    To,

    /// <summary>Typed, as a name is.</summary>
    Words,
}

/// <summary>One thing that a list can be narrowed by.</summary>
/// <param name="Key">Its name in the address.</param>
/// <param name="Label">The text of its label, by key.</param>
public sealed record ListFilter(string Key, string Label, FilterKind Kind = FilterKind.Choice)
{
    /// <summary>The answers, where they are always the same.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>An answer as people say it.</summary>
    public Func<string, string> Text { get; init; } = value => value;

    /// <summary>Whether the page has buttons of its own for it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>What is meant when nothing is chosen.</summary>
    public string Usual { get; init; } = "";

    internal bool Knows(string value) => Values.Count == 0 || Values.Contains(value);

    internal string Said(string value, Sight sight) =>
        Kind switch
        {
            FilterKind.Unit => UnitText.Shown(value, sight.Tree),
            FilterKind.From or FilterKind.To => Days.TryRead(value, out var day) ? day.Shown() : value,
            _ => Text(value),
        };
}
