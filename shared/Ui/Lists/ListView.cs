using System.Globalization;
using Loa.Contracts.People;
using Loa.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Loa.Ui;

/// <summary>What somebody asks of a list, as the address says it: words, filters, order, columns, size and page. What is not understood is as if it were not said.</summary>
public abstract class ListView
{
    public const int UsualSize = 25;

    const int LongestWords = 200;

    readonly IQueryCollection query;

    protected ListView(ListShape shape, HttpRequest request)
    {
        Shape = shape;
        query = request.Query;
        Path = PathOf(request.Path.Value ?? "/", shape.Files);
        var asked = query["sort"].ToString();
        var words = query["q"].ToString();
        Q = words.Length > LongestWords ? words[..LongestWords] : words;
        IsSorted = shape.Heads.Any(h => Sorts(h) && h.Key == asked.TrimStart('-'));
        var sort = IsSorted ? asked : shape.Sort;
        (Sort, IsDescending) = (sort.TrimStart('-'), sort.StartsWith('-'));
        Size =
            int.TryParse(query["size"], CultureInfo.InvariantCulture, out var size) && Sizes.Contains(size)
                ? size
                : UsualSize;
        Page = PageNumber.Of(int.TryParse(query["page"], CultureInfo.InvariantCulture, out var page) ? page : null);
        string[] chosen = [.. query["columns"].SelectMany(c => (c ?? "").Split(','))];
        var heads = shape.Heads.Where(h => h.IsName || chosen.Contains(h.Key)).ToList();
        HasChosen = heads.Exists(h => !h.IsName);
        Heads = HasChosen ? heads : [.. shape.Heads.Where(h => h.IsName || h.IsUsual)];
    }

    public static IReadOnlyList<int> Sizes { get; } = [25, 50, 100];

    public ListShape Shape { get; }

    /// <summary>The address of the page.</summary>
    public string Path { get; }

    /// <summary>The words searched for.</summary>
    public string Q { get; }

    /// <summary>The key of the column that it is sorted by.</summary>
    public string Sort { get; }

    public bool IsDescending { get; }

    /// <summary>Whether the reader chose the order.</summary>
    public bool IsSorted { get; }

    /// <summary>Whether the list can be put into this column's order as it is asked for now.</summary>
    public bool Sorts(ListHead head) => head.Sorts && (Q.Length == 0 || Shape.SortsFound);

    public int Size { get; }

    /// <summary>From 1.</summary>
    public int Page { get; }

    public int Skip => (Page - 1) * Size;

    /// <summary>The columns shown.</summary>
    public IReadOnlyList<ListHead> Heads { get; }

    /// <summary>Whether the reader chose the columns.</summary>
    public bool HasChosen { get; }

    /// <summary>Whether words or a filter leave anything out.</summary>
    public bool IsNarrowed => Q.Length > 0 || Shape.Filters.Any(f => Of(f.Key) != f.Usual);

    /// <summary>The answer to a filter; its usual one when there is none that it knows.</summary>
    public string Of(string filter)
    {
        var asked = Shape.Filters.First(f => f.Key == filter);
        return query[filter].ToString() is { Length: > 0 } said && asked.Knows(said) ? said : asked.Usual;
    }

    /// <summary>The unit that a filter names; none that exists when it names no such one.</summary>
    public Guid? UnitOf(string filter, UnitTree tree) => UnitText.Read(Of(filter), tree);

    /// <summary>The unit that a filter names and all below it; null when it names none.</summary>
    public IReadOnlyList<Guid>? UnitsOf(string filter, UnitTree tree) =>
        UnitOf(filter, tree) is { } root ? [.. tree.SubtreeOf(root).Select(u => u.Id)] : null;

    public DateOnly? DayOf(string filter) => Days.TryRead(Of(filter), out var day) ? day : null;

    /// <summary>The first moment of the day that a filter names.</summary>
    public DateTimeOffset? FromOf(string filter) => DayOf(filter) is { } day ? VietnamTime.StartOf(day) : null;

    /// <summary>The first moment after it.</summary>
    public DateTimeOffset? BeforeOf(string filter) =>
        DayOf(filter) is { } day ? VietnamTime.StartOf(day.AddDays(1)) : null;

    /// <summary>What is said in the address, but the page.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Said
    {
        get
        {
            if (Q.Length > 0)
                yield return new("q", Q);
            foreach (var filter in Shape.Filters.Where(f => query[f.Key].ToString().Length > 0))
                yield return new(filter.Key, query[filter.Key].ToString());
            foreach (var said in Look)
                yield return said;
        }
    }

    /// <summary>How it is shown, whatever it is narrowed to: order, columns and size.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Look
    {
        get
        {
            if (IsSorted)
                yield return new("sort", (IsDescending ? "-" : "") + Sort);
            if (HasChosen)
                yield return new("columns", string.Join(',', Heads.Select(h => h.Key)));
            if (Size != UsualSize)
                yield return new("size", Size.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The address with some of it changed, from the first page on; what is empty is left out.</summary>
    public string Url(params (string Key, string? Value)[] changes) => At(Path, changes);

    /// <summary>The address of this very page, which it renews itself by.</summary>
    public string Here => Url(("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null));

    /// <summary>All that is shown, on every page, as a file.</summary>
    public string FileUrl(string ending) => At($"{Path}{Shape.Files}.{ending}");

    /// <summary>Another page about the same things, in the same words.</summary>
    public string At(string path, params (string Key, string? Value)[] changes) =>
        QueryHelpers.AddQueryString(
            path,
            Said.Where(s => !changes.Any(c => c.Key == s.Key))
                .Concat(changes.Select(c => KeyValuePair.Create(c.Key, c.Value)))
                .Where(s => !string.IsNullOrEmpty(s.Value))
        );

    /// <summary>The order that a press on a heading asks for.</summary>
    internal string Turned(ListHead head) => Sort == head.Key && !IsDescending ? "-" + head.Key : head.Key;

    /// <summary>What it is narrowed to, in words.</summary>
    public IReadOnlyList<string> Narrowed(Sight sight) =>
        [
            .. Shape.Filters.Where(f => Of(f.Key) != f.Usual).Select(f => f.Said(Of(f.Key), sight)),
            .. Q.Length > 0 ? [Q] : Array.Empty<string>(),
        ];

    static string PathOf(string path, string files)
    {
        var ending = System.IO.Path.GetExtension(path);
        if (ending is not (".csv" or ".xlsx"))
            return path;
        var bare = path[..^ending.Length];
        return files.Length > 0 && bare.EndsWith(files, StringComparison.Ordinal) ? bare[..^files.Length] : bare;
    }
}

/// <inheritdoc />
public sealed class ListView<TRow>(ListShape<TRow> shape, HttpRequest request) : ListView(shape, request)
{
    /// <summary>The columns shown.</summary>
    public IEnumerable<ListColumn<TRow>> Columns => shape.Columns.Where(Heads.Contains);

    public IReadOnlyList<TRow> InOrder(IEnumerable<TRow> rows) => shape.InOrder(rows, this);
}
