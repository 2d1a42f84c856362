using Loa.Air;
using Loa.Cases;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Broadcasting.Follow;

/// <summary>The list of broadcasts as it is declared.</summary>
static class BroadcastList
{
    public static readonly ListShape<ListBroadcasts.Row> Shape = new(
        new("title", "field.title", b => b.Title) { IsName = true, Sorts = false },
        new("class", "broadcast.class", b => ClassText(AirWord.Of(b.Class))) { Sorts = false },
        new("unit", "broadcast.unit", b => b.Unit) { Sorts = false },
        new("ordered-by", "broadcast.ordered-by", b => b.OrderedBy) { Sorts = false },
        new("ordered-at", "broadcast.ordered-at", b => b.OrderedAt) { Kind = CellKind.Moment },
        new("state", "broadcast.state", b => Words.Get("state.broadcast." + b.State)) { Sorts = false },
        new("stopped-by", "broadcast.stopped-by", b => b.TakenOff?.By) { Sorts = false },
        new("stopped-at", "broadcast.stopped-at", b => b.TakenOff?.At)
        {
            Kind = CellKind.Moment,
            Sorts = false,
            IsUsual = false,
        },
        new("why", "broadcast.why", b => b.TakenOff?.Comment) { Sorts = false }
    )
    {
        Title = "broadcasts",
        Sort = "-ordered-at",
        Filters = CaseFilter.Asked(
            [.. Enum.GetValues<AirClass>().Select(AirWord.Of)],
            ClassText,
            "broadcast.ordered-by"
        ),
    };

    static string ClassText(string word) => Words.Get("class." + word);
}
