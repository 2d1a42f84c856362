using Loa.Kernel;
using Loa.Ui;

namespace Loa.Server.Ledger;

/// <summary>The list of acts as it is declared, the latest first.</summary>
static class ActList
{
    public const string Part = "part";
    public const string By = "by";
    public const string Unit = "unit";
    public const string From = "from";
    public const string To = "to";

    public static readonly ListShape<ListActs.Row> Shape = new(
        new("act", "ledger.column.act", a => a.Act) { IsName = true, Sorts = false },
        new("at", "ledger.column.at", a => a.At) { Kind = CellKind.Moment, Sorts = false },
        new("title", "ledger.column.title", a => a.Title) { Sorts = false },
        new("by", "ledger.column.by", a => a.By) { Sorts = false },
        new("unit", "ledger.column.unit", a => a.Unit) { Sorts = false },
        new("part", "ledger.column.part", a => a.Part) { Sorts = false },
        new("comment", "ledger.column.comment", a => a.Comment) { Sorts = false },
        new("hash", "ledger.column.hash", a => a.Hash) { Sorts = false }
    )
    {
        Title = "ledger.title",
        Sort = "-at",
        Filters =
        [
            new(Part, "ledger.column.part") { Text = ListActs.NameOf },
            new(By, "ledger.column.by", FilterKind.Words),
            new(Unit, "ledger.column.unit", FilterKind.Unit),
            new(From, "cases.filter.from", FilterKind.From),
            new(To, "cases.filter.to", FilterKind.To),
        ],
    };
}
