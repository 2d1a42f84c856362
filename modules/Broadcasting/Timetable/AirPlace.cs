using System.Globalization;
using Loa.Broadcasting.Airtime;

namespace Loa.Broadcasting.Timetable;

/// <summary>From this moment on a place belongs to these units, from the province down to the hamlet.</summary>
/// <param name="Units">After a merger also those that the units came of: what was planned for them is heard.</param>
sealed record PlacePath(DateTimeOffset From, IReadOnlyList<Guid> Units);

/// <summary>Where something is heard: the paths of one speaker in time, and when it alone has to be quiet.</summary>
/// <param name="Quiet">A school, a market, a hospital is beside it.</param>
sealed record AirPlace(Guid Speaker, IReadOnlyList<PlacePath> Paths)
{
    public IReadOnlyList<QuietTime> Quiet { get; init; } = [];

    public static AirPlace At(Guid speaker, IReadOnlyList<Guid> units) =>
        new(speaker, [new(DateTimeOffset.MinValue, units)]);

    public IReadOnlyList<Guid> UnitsAt(DateTimeOffset moment)
    {
        for (var i = Paths.Count - 1; i > 0; i--)
            if (Paths[i].From <= moment)
                return Paths[i].Units;
        return Paths[0].Units;
    }

    /// <summary>Two places with the same text of what matters hear the same.</summary>
    /// <param name="matters">Whether anything is said about this unit or speaker.</param>
    public string KeyOf(Func<Guid, bool> matters) =>
        string.Join(
            '|',
            Paths
                .Select(p =>
                    string.Create(CultureInfo.InvariantCulture, $"{p.From.UtcTicks}/")
                    + string.Join('/', p.Units.Select((unit, level) => (unit, level)).Where(u => matters(u.unit)))
                )
                .Concat(Quiet.Select(q => q.ToString()))
                .Append(matters(Speaker) ? Speaker.ToString() : "")
        );
}
