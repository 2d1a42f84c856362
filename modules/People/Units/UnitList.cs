using Loa.Kernel;
using Loa.Ui;

namespace Loa.People.Units;

/// <summary>The list of units as it is declared: in the order of the tree, or of what a search found best.</summary>
static class UnitList
{
    public const string Day = "asOf";
    public const string Kind = "kind";
    public const string Below = "unit";

    public static readonly ListShape<ListUnits.Row> Shape = new(
        new("name", "field.unit_name", u => u.Shown) { IsName = true },
        new("kind", "field.unit_kind", u => KindText(u.Kind)),
        new("path", "units.path", u => u.Path),
        new("statistics", "field.statistics_code", u => u.StatisticsCode),
        new("identification", "field.identification_code", u => u.IdentificationCode),
        new("valid-from", "units.valid-from", u => u.ValidFrom) { Kind = CellKind.Day, IsUsual = false },
        new("valid-to", "units.valid-to", u => u.ValidTo) { Kind = CellKind.Day, IsUsual = false }
    )
    {
        Title = "nav.units",
        Sort = "path",
        Filters =
        [
            new(Below, "units.within", FilterKind.Unit),
            new(Kind, "field.unit_kind") { Text = KindText },
            new(Day, "units.as-of", FilterKind.From),
        ],
    };

    // A kind that no list knows is shown as it came.
    static string KindText(string kind) => Words.Has("unit.kind." + kind) ? Words.Get("unit.kind." + kind) : kind;
}
