namespace Loa.Air;

/// <summary>The share of full scale with which a horn sounds. Only here stands how softly an emergency may sound, whatever is set.</summary>
/// <remarks>
/// A pause, an amplifier that is off and the quiet after a start hold back a sound as a whole, and none of them an
/// emergency. All that makes a sound softer (volume, horn, hour, the item's own volume) goes through these two lines.
/// </remarks>
public static class HornShare
{
    /// <summary>Percent of full scale: no horn plays an emergency softer.</summary>
    public const int EmergencyFloor = 70;

    /// <summary>Percent: what is set below this is hardly heard outdoors, and somebody is told so.</summary>
    public const int Audible = 30;

    const double Full = 100;

    /// <summary>Of the speaker as a whole, before each horn's level.</summary>
    /// <param name="volume">As an operator set it, 0 to 100.</param>
    /// <param name="hour">As the timetable says for this hour, 0 to 100.</param>
    /// <param name="own">The item's own volume, which takes the place of both.</param>
    public static double Whole(AirClass airClass, int volume, int hour = 100, int? own = null) =>
        airClass == AirClass.Emergency
            ? Math.Max(own ?? volume, EmergencyFloor) / Full
            : (own ?? volume * hour / Full) / Full;

    /// <summary>The level below which no horn goes while this sounds.</summary>
    /// <param name="whole">See <see cref="Whole"/>.</param>
    public static double LeastHorn(AirClass airClass, double whole) =>
        airClass == AirClass.Emergency ? EmergencyFloor / Full / whole : 0;

    /// <summary>What goes out of one horn.</summary>
    /// <param name="horn">The horn's level, 0 to 100.</param>
    public static double Of(AirClass airClass, int volume, int hour, int horn, int? own = null)
    {
        var whole = Whole(airClass, volume, hour, own);
        return whole * Math.Max(horn / Full, LeastHorn(airClass, whole));
    }
}
