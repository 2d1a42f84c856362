using Loa.Kernel;

namespace Loa.Ui;

/// <summary>One column of a list as its head, its menus and its address know it.</summary>
/// <param name="Key">Its name in the address.</param>
/// <param name="Title">The text of its heading, by key.</param>
public abstract record ListHead(string Key, string Title)
{
    public CellKind Kind { get; init; }

    /// <summary>The name of the thing: it is never left out, and is the heading of the card on a phone.</summary>
    public bool IsName { get; init; }

    /// <summary>Whether the list can be put into its order.</summary>
    public bool Sorts { get; init; } = true;

    /// <summary>Whether it is shown to who has not chosen.</summary>
    public bool IsUsual { get; init; } = true;

    internal string? Class =>
        (IsName, Kind) switch
        {
            (true, _) => "cell-name",
            (_, CellKind.Number) => "cell-number",
            _ => null,
        };
}

/// <summary>One column of a list: what it says of each row, on the page and in a file alike.</summary>
public sealed record ListColumn<TRow>(string Key, string Title, Func<TRow, object?> Value) : ListHead(Key, Title);
