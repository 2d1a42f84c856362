using Loa.Vietnamese;

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

    const string Volume = "volume";

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
        [Volume] = new(g => ("", g.Volume ?? -1), (some, one) => some.Where(s => (s.Volume ?? -1) == one.Number)),
    };

    public IEnumerable<SpeakerSegment> In(IReadOnlyList<SpeakerGroup> groups) =>
        groups
            .GroupBy(g => (g.UnitId, Alike: Alike(g)), g => g.Count)
            .Select(g => new SpeakerSegment(g.Key.UnitId, g.Key.Alike.Text, g.Key.Alike.Number, g.Sum()));

    /// <summary>Counts speakers as finely as a list in the order of a column needs it.</summary>
    public static Task<List<SpeakerGroup>> Count(
        IQueryable<Speaker> speakers,
        string column,
        CancellationToken cancel
    ) => column == Volume ? speakers.InVolumes(cancel) : speakers.InPlaces(cancel);

    public string KeyOf(string text) => SortKey.Of(Shown(text));
}
