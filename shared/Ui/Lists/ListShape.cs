using Microsoft.AspNetCore.Http;

namespace Loa.Ui;

/// <summary>A list as it is declared, once: the page, its address, its menus and its files follow from it.</summary>
public abstract class ListShape
{
    /// <summary>What it holds, by key; also the beginning of its files' names.</summary>
    public required string Title { get; init; }

    /// <summary>The order of who has not chosen; a minus before it turns it round.</summary>
    public required string Sort { get; init; }

    /// <summary>Whether what words found can be sorted too; else it stands in the order of the search.</summary>
    public bool SortsFound { get; init; } = true;

    /// <summary>What its files' addresses have behind the page's, before the ending.</summary>
    public string Files { get; init; } = "";

    public IReadOnlyList<ListFilter> Filters { get; init; } = [];

    public abstract IReadOnlyList<ListHead> Heads { get; }
}

/// <inheritdoc />
public sealed class ListShape<TRow>(params ListColumn<TRow>[] columns) : ListShape
{
    public IReadOnlyList<ListColumn<TRow>> Columns => columns;

    public override IReadOnlyList<ListHead> Heads => columns;

    /// <summary>What the address asks of it.</summary>
    public ListView<TRow> Asked(HttpContext http) => new(this, http.Request);

    /// <summary>Rows that are all at hand, in the order asked for: names by the alphabet, numbers in them by value.</summary>
    public IReadOnlyList<TRow> InOrder(IEnumerable<TRow> rows, ListView view)
    {
        var column = columns.First(c => c.Key == view.Sort);
        var sorted = rows.OrderBy(row => CellOrder.Of(column.Value(row)))
            .ThenBy(row => CellOrder.Of(columns.First(c => c.IsName).Value(row)));
        return view.IsDescending ? [.. sorted.Reverse()] : [.. sorted];
    }
}
