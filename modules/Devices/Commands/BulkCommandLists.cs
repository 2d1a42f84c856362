using Loa.Contracts.Devices;
using Loa.Devices.Health;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Devices.Commands;

/// <summary>The list of orders to many, and that of the speakers of one order, as they are declared.</summary>
static class BulkCommandLists
{
    public const string From = "from";
    public const string To = "to";

    public static readonly ListShape<ListBulkCommands.Row> Orders = new(
        new("command", "speaker.command", o => o.Text) { IsName = true, Sorts = false },
        new("whom", "commands.whom", o => o.Selection) { Sorts = false },
        new("ordered", "command.ordered", o => o.OrderedAt) { Kind = CellKind.Moment },
        new("speakers", "speakers.title", o => o.Tally.Total) { Kind = CellKind.Number, Sorts = false },
        new("done", "command.stage.Done", o => o.Tally.At(CommandStatus.Done))
        {
            Kind = CellKind.Number,
            Sorts = false,
        },
        new("failed", "jobs.failed", o => o.Tally.Failed) { Kind = CellKind.Number, Sorts = false }
    )
    {
        Title = "jobs.title",
        Sort = "-ordered",
        Filters = [new(From, "cases.filter.from", FilterKind.From), new(To, "cases.filter.to", FilterKind.To)],
    };

    /// <summary>Those that need somebody stand first.</summary>
    public static readonly ListShape<BulkCommandRow> Speakers = new(
        new("name", "job.column.name", s => s.Name) { IsName = true, Sorts = false },
        new("serial", "job.column.serial", s => s.Serial) { Sorts = false, IsUsual = false },
        new("unit", "job.column.unit", s => s.Place) { Sorts = false },
        new("state", "job.column.state", s => Words.Get("command.stage." + s.Status)) { Sorts = false },
        new("reason", "job.column.reason", s => s.Reason is { } reason ? Reasons.Of(reason) : null) { Sorts = false },
        new("found", "job.column.found", s => s.Found is { } found ? FoundText.Of(found) : null) { Sorts = false },
        new("sent", "job.column.sent", s => s.SentAt) { Kind = CellKind.Moment, Sorts = false },
        new("received", "job.column.received", s => s.ReceivedAt) { Kind = CellKind.Moment, Sorts = false },
        new("ended", "job.column.ended", s => s.EndedAt) { Kind = CellKind.Moment, Sorts = false }
    )
    {
        Title = "job.speakers",
        Sort = "state",
        Files = "/results",
    };
}
