using Loa.Vietnamese;

namespace Loa.Devices.Registry;

/// <summary>How many of some speakers stand in one unit and are alike in one column: few, however many speakers there are.</summary>
sealed record SpeakerSegment(Guid UnitId, string Text, int Number, int Count);

/// <summary>A column by which speakers are told apart into segments, and in whose order these stand.</summary>
sealed record SpeakerSegments(
    Func<IQueryable<Speaker>, IQueryable<SpeakerSegment>> In,
    Func<IQueryable<Speaker>, SpeakerSegment, IQueryable<Speaker>> Of
)
{
    /// <summary>A segment's text as it is looked up.</summary>
    public Func<string, string> Shown { get; init; } = text => text;

    public static readonly IReadOnlyDictionary<string, SpeakerSegments> ByColumn = new Dictionary<
        string,
        SpeakerSegments
    >(StringComparer.Ordinal)
    {
        [SpeakersInOrder.Place] = new(
            some => some.GroupBy(s => s.UnitId).Select(g => new SpeakerSegment(g.Key, "", 0, g.Count())),
            (some, _) => some
        ),
        ["vendor"] = new(
            some =>
                some.GroupBy(s => new { s.UnitId, s.Vendor })
                    .Select(g => new SpeakerSegment(g.Key.UnitId, g.Key.Vendor, 0, g.Count())),
            (some, one) => some.Where(s => s.Vendor == one.Text)
        )
        {
            Shown = VendorName.Of,
        },
        ["model"] = new(
            some =>
                some.GroupBy(s => new { s.UnitId, s.Model })
                    .Select(g => new SpeakerSegment(g.Key.UnitId, g.Key.Model, 0, g.Count())),
            (some, one) => some.Where(s => s.Model == one.Text)
        ),
        ["horns"] = new(
            some =>
                some.GroupBy(s => new { s.UnitId, s.Horns })
                    .Select(g => new SpeakerSegment(g.Key.UnitId, "", g.Key.Horns, g.Count())),
            (some, one) => some.Where(s => s.Horns == one.Number)
        ),
        ["presence"] = new(
            some =>
                some.GroupBy(s => new
                    {
                        s.UnitId,
                        s.State,
                        s.Presence,
                    })
                    .Select(g => new SpeakerSegment(g.Key.UnitId, g.Key.State, (int)g.Key.Presence, g.Count())),
            (some, one) => some.Where(s => s.State == one.Text && s.Presence == (Presence)one.Number)
        ),
        ["volume"] = new(
            some =>
                some.GroupBy(s => new { s.UnitId, Volume = s.Volume ?? -1 })
                    .Select(g => new SpeakerSegment(g.Key.UnitId, "", g.Key.Volume, g.Count())),
            (some, one) => some.Where(s => (s.Volume ?? -1) == one.Number)
        ),
    };

    public string KeyOf(string text) => SortKey.Of(Shown(text));
}
