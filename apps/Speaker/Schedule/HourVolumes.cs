using Loa.Air;

namespace Loa.Speaker.Schedule;

/// <summary>How loud it may be by the hour of the day in the zone UTC+07:00, whatever zone the machine believes to be in.</summary>
sealed class HourVolumes(IReadOnlyList<HourVolume> hours)
{
    const int MinutesOfDay = 24 * 60;
    const int Zone = 7 * 60;

    readonly HourVolume[] hours = [.. hours.OrderBy(hour => hour.From)];

    /// <summary>0 to 100; each lasts until the next, the last of the day until the first of the next day.</summary>
    public int At(DateTimeOffset moment)
    {
        if (hours.Length == 0)
            return 100;
        var minutes = (moment.ToUnixTimeSeconds() / 60) + Zone;
        var minute = (int)(((minutes % MinutesOfDay) + MinutesOfDay) % MinutesOfDay);
        var level = hours[^1].Level;
        foreach (var hour in hours)
        {
            if (hour.From > minute)
                break;
            level = hour.Level;
        }
        return level;
    }
}
