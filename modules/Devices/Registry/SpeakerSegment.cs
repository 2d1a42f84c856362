using Loa.Vietnamese;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Registry;

/// <summary>How many of some speakers stand in one unit and are alike in one column: few, however many speakers there are.</summary>
sealed record SpeakerSegment(Guid UnitId, string Text, int Number, int Count);

/// <summary>A column by which speakers are told apart into segments, and in whose order these stand.</summary>
/// <param name="Alike">In what those of a group are alike.</param>
/// <param name="Of">Those of one segment.</param>
sealed record SpeakerSegments(
    Func<SpeakerGroup, (string Text, int Number)> Alike,
    Func<IQueryable<Speaker>, SpeakerSegment, IQueryable<Speaker>> Of
)
{
    /// <summary>A segment's text as it is looked up.</summary>
    public Func<string, string> Shown { get; init; } = text => text;

    /// <summary>Counts what no group knows.</summary>
    public Func<IQueryable<Speaker>, IQueryable<SpeakerSegment>>? Counted { get; init; }

    public static readonly IReadOnlyDictionary<string, SpeakerSegments> ByColumn = new Dictionary<
        string,
        SpeakerSegments
    >(StringComparer.Ordinal)
    {
        [SpeakersInOrder.Place] = new(_ => ("", 0), (some, _) => some),
        ["vendor"] = new(g => (g.Vendor, 0), (some, one) => some.Where(s => s.Vendor == one.Text))
        {
            Shown = VendorName.Of,
        },
        ["model"] = new(g => (g.Model, 0), (some, one) => some.Where(s => s.Model == one.Text)),
        ["horns"] = new(g => ("", g.Horns), (some, one) => some.Where(s => s.Horns == one.Number)),
        ["presence"] = new(
            g => (g.State, (int)g.Presence),
            (some, one) => some.Where(s => s.State == one.Text && s.Presence == (Presence)one.Number)
        ),
        ["volume"] = new(_ => ("", 0), (some, one) => some.Where(s => (s.Volume ?? -1) == one.Number))
        {
            Counted = some =>
                some.GroupBy(s => new { s.UnitId, Volume = s.Volume ?? -1 })
                    .Select(g => new SpeakerSegment(g.Key.UnitId, "", g.Key.Volume, g.Count())),
        },
    };

    /// <param name="groups">The same speakers, counted place by place.</param>
    public async Task<IReadOnlyList<SpeakerSegment>> In(
        IQueryable<Speaker> some,
        IReadOnlyList<SpeakerGroup> groups,
        CancellationToken cancel
    ) =>
        Counted is { } counted
            ? await counted(some).ToListAsync(cancel)
            :
            [
                .. groups
                    .GroupBy(g => (g.UnitId, Alike: Alike(g)), g => g.Count)
                    .Select(g => new SpeakerSegment(g.Key.UnitId, g.Key.Alike.Text, g.Key.Alike.Number, g.Sum())),
            ];

    public string KeyOf(string text) => SortKey.Of(Shown(text));
}
