using Loa.Kernel;
using Loa.Ui;

namespace Loa.People.Security;

/// <summary>The list of security events as it is declared, the latest first.</summary>
static class SecurityList
{
    public const string Kind = "kind";
    public const string Officer = "officer";
    public const string Unit = "unit";
    public const string From = "from";
    public const string To = "to";

    public static readonly ListShape<ShowSecurity.Row> Shape = new(
        new("event", "security.event", e => e.Event) { IsName = true, Sorts = false },
        new("at", "security.at", e => e.At) { Kind = CellKind.Moment, Sorts = false },
        new("officer", "security.officer", e => e.Officer) { Sorts = false },
        new("unit", "security.unit", e => e.Unit) { Sorts = false },
        new("by", "security.by", e => e.By) { Sorts = false },
        new("network", "security.network", e => e.Network) { Sorts = false },
        new("device", "security.device", e => e.Device) { Sorts = false },
        new("count", "security.count", e => e.Count) { Kind = CellKind.Number, Sorts = false },
        new("comment", "security.comment", e => e.Comment) { Sorts = false }
    )
    {
        Title = "security.title",
        Sort = "-at",
        Filters =
        [
            new(Kind, "security.kind") { Text = KindText },
            new(Officer, "security.officer", FilterKind.Words),
            new(Unit, "security.unit", FilterKind.Unit),
            new(From, "field.post_from", FilterKind.From),
            new(To, "field.post_to", FilterKind.To),
        ],
    };

    // A kind that no list knows is shown as it came.
    static string KindText(string kind) =>
        Words.Has("security.kind." + kind) ? Words.Get("security.kind." + kind) : kind;
}
