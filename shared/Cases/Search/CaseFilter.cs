using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Cases;

/// <summary>What of the cases in sight a list shows: of one kind, of some units, opened by some officers, moved last in a period.</summary>
public sealed record CaseFilter
{
    public const string KindKey = "class";
    public const string UnitKey = "unit";
    public const string MakerKey = "by";
    public const string FromKey = "from";
    public const string ToKey = "to";

    public static readonly CaseFilter None = new();

    /// <summary>Empty for any.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Null for all.</summary>
    public IReadOnlyList<Guid>? Units { get; init; }

    /// <summary>Null for everybody.</summary>
    public IReadOnlyList<Guid>? Makers { get; init; }

    public DateTimeOffset? From { get; init; }

    /// <summary>The first moment that is too late.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>How a list asks for it.</summary>
    /// <param name="maker">The text, by key, for who opened a case.</param>
    public static IReadOnlyList<ListFilter> Asked(
        IReadOnlyList<string> kinds,
        Func<string, string> kindText,
        string maker
    ) =>
        [
            new(KindKey, "cases.filter.class") { Values = kinds, Text = kindText },
            new(UnitKey, "cases.filter.unit", FilterKind.Unit),
            new(MakerKey, maker, FilterKind.Words),
            new(FromKey, "cases.filter.from", FilterKind.From),
            new(ToKey, "cases.filter.to", FilterKind.To),
        ];

    public static async Task<CaseFilter> Of(ListView view, Sight sight, IOfficers officers, CancellationToken cancel) =>
        new()
        {
            Kind = view.Of(KindKey),
            Units = view.UnitsOf(UnitKey, sight.Tree),
            Makers = view.Of(MakerKey) is { Length: > 0 } name ? await officers.Named(name, cancel) : null,
            From = view.FromOf(FromKey),
            Before = view.BeforeOf(ToKey),
        };

    public IQueryable<CaseRow> Of(IQueryable<CaseRow> rows)
    {
        if (Kind.Length > 0)
            rows = rows.Where(c => c.Kind == Kind);
        if (Units is { } units)
            rows = rows.Where(c => units.Contains(c.UnitId));
        if (Makers is { } makers)
            rows = rows.Where(c => makers.Contains(c.OpenedBy));
        if (From is { } from)
            rows = rows.Where(c => c.MovedAt >= from);
        if (Before is { } before)
            rows = rows.Where(c => c.MovedAt < before);
        return rows;
    }
}
