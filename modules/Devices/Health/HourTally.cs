using Loa.Air;
using Loa.Devices.Registry;
using Loa.Kernel;

namespace Loa.Devices.Health;

/// <summary>One speaker's numbers in one hour, by quarters, on their way into its day.</summary>
sealed class HourTally(Guid speaker, DateTimeOffset hour)
{
    const int QuartersOfHour = 4;
    readonly MetricTally[] tallies = new MetricTally[QuartersOfHour * Metrics.All.Count];

    public Guid Speaker => speaker;

    public DateTimeOffset Hour => hour;

    public DateOnly Day => VietnamTime.DayOf(hour);

    public static DateTimeOffset HourOf(DateTimeOffset at) =>
        new(at.Ticks - (at.Ticks % TimeSpan.TicksPerHour), at.Offset);

    public void Add(HealthMessage known, DateTimeOffset at)
    {
        var quarter = (int)((at - hour).TotalMinutes / 15);
        foreach (var metric in Metrics.All)
            if (Metrics.ValueOf(metric, known) is { } value)
                tallies[(int)metric * QuartersOfHour + quarter].Add(value);
    }

    public void Into(DaySeries day)
    {
        var first = VietnamTime.Of(hour).Hour * QuartersOfHour;
        foreach (var metric in Metrics.All)
            for (var quarter = 0; quarter < QuartersOfHour; quarter++)
                if (tallies[(int)metric * QuartersOfHour + quarter] is { IsEmpty: false } tally)
                    day[metric, first + quarter] = tally.Slot;
    }
}
