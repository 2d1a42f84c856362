using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Ui;

namespace Loa.Devices.Overview;

/// <summary>The list of speakers as it is declared.</summary>
static class SpeakerList
{
    public const string Unit = "unit";

    public static readonly ListShape<ListSpeakers.Row> Shape = new(
        new("name", "speakers.column.name", s => s.Name) { IsName = true },
        new("unit", "speakers.column.unit", s => s.Unit),
        new("serial", "speakers.column.serial", s => s.Serial),
        new("vendor", "speakers.column.vendor", s => VendorName.Of(s.Vendor)),
        new("model", "speakers.column.model", s => s.Model) { IsUsual = false },
        new("horns", "speakers.column.horns", s => s.Horns) { Kind = CellKind.Number, IsUsual = false },
        new("presence", "speakers.column.presence", s => Words.Get(s.PresenceText)),
        new("playing", "speakers.column.playing", s => s.Doing) { Sorts = false },
        new("volume", "speakers.column.volume", s => s.Volume) { Kind = CellKind.Number },
        new("last-seen", "speakers.column.last-seen", s => s.LastSeen) { Kind = CellKind.Moment, Sorts = false },
        new("held", "speakers.column.timetable-held", s => s.TimetableHeld) { Kind = CellKind.Number, Sorts = false },
        new("desired", "speakers.column.timetable-desired", s => s.TimetableDesired)
        {
            Kind = CellKind.Number,
            Sorts = false,
            IsUsual = false,
        }
    )
    {
        Title = "speakers.title",
        Sort = SpeakersInOrder.Place,
        Filters =
        [
            new("show", "speakers.show")
            {
                Values = [.. SpeakerFilter.Kinds.Keys],
                Text = kind => Words.Get("speakers.show." + kind),
                Usual = "all",
            },
            new(Unit, "speakers.filter.unit", FilterKind.Unit),
            new("model", "speakers.column.model"),
        ],
    };

    public static SpeakerFilter FilterOf(ListView view, Sight sight) =>
        new SpeakerFilter(view.Q, view.Of("show"), Model: view.Of("model")).Below(
            view.UnitOf(Unit, sight.Tree),
            sight.Tree
        );
}
