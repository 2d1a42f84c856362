using Loa.Air;
using Loa.Cases;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Newsroom.Bulletins;

/// <summary>The list of bulletins as it is declared. What words find stands in the order of the search.</summary>
static class BulletinList
{
    public const string State = "state";

    public static readonly ListShape<ListBulletins.Item> Shape = new(
        new("title", "field.title", b => b.Title) { IsName = true },
        new("state", "bulletins.state", b => b.StateText) { Sorts = false },
        new("class", "field.class", b => ClassText(AirWord.Of(b.Class))) { Sorts = false },
        new("unit", "field.unit", b => b.Unit) { Sorts = false },
        new("author", "bulletins.author", b => b.Author) { Sorts = false, IsUsual = false },
        new("opened-at", "bulletins.opened-at", b => b.OpenedAt) { Kind = CellKind.Moment, IsUsual = false },
        new("moved-by", "bulletins.moved-by", b => b.MovedBy) { Sorts = false },
        new("moved-at", "bulletins.moved-at", b => b.MovedAt) { Kind = CellKind.Moment },
        new("id", "bulletins.id", b => b.Id.ToString()) { Sorts = false, IsUsual = false }
    )
    {
        Title = "bulletins",
        Sort = "-moved-at",
        SortsFound = false,
        Filters =
        [
            new(State, "bulletins.state")
            {
                Values = BulletinProcedure.States,
                Text = state => Words.Get("state.bulletin." + state),
                IsHidden = true,
            },
            .. CaseFilter.Asked([.. Enum.GetValues<AirClass>().Select(AirWord.Of)], ClassText, "bulletins.author"),
        ],
    };

    public static readonly ListOrders<CaseRow> Orders = new ListOrders<CaseRow>()
        .By("moved-at", c => c.MovedAt)
        .By("opened-at", c => c.OpenedAt)
        .By("title", c => c.TitleKey)
        .Then(c => c.Id);

    static string ClassText(string word) => Words.Get("class." + word);
}
