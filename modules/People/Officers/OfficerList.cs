using Loa.Cases;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.People.Officers;

/// <summary>The list of officers as it is declared.</summary>
static class OfficerList
{
    public const string State = "state";
    public const string Unit = "unit";

    public static readonly ListShape<ListOfficers.Row> Shape = new(
        new("name", "field.officer_name", o => o.Name) { IsName = true },
        new("user", "field.user_name", o => o.UserName) { Sorts = false },
        new("posts", "officers.posts", o => o.PostsText) { Sorts = false },
        new("state", "officers.state", o => StateText(o.State)) { Sorts = false },
        new("opened-at", "officers.opened-at", o => o.OpenedAt) { Kind = CellKind.Moment, IsUsual = false }
    )
    {
        Title = "nav.officers",
        Sort = "-opened-at",
        Filters =
        [
            new(Unit, "field.post_unit", FilterKind.Unit),
            new(State, "officers.state")
            {
                Values = [OfficerProcedure.Active, OfficerProcedure.Locked],
                Text = StateText,
            },
        ],
    };

    public static readonly ListOrders<CaseRow> Orders = new ListOrders<CaseRow>()
        .By("name", c => c.TitleKey)
        .By("opened-at", c => c.OpenedAt)
        .Then(c => c.TitleKey)
        .Then(c => c.Id);

    static string StateText(string state) => Words.Get("state.officer." + state);
}
