using Loa.Air;
using Loa.Speaker.Controls;
using Loa.Speaker.Timing;

namespace Loa.Speaker.Schedule;

/// <summary>What holds back all but emergencies: a clock that does not know the time, an operator who wants quiet, an amplifier that is to have no power.</summary>
sealed class Interlock(Pause pause, Amplifier amplifier, AirClock clock)
{
    /// <summary>So long what seems to be due may not be.</summary>
    public TimeSpan StartupQuiet => clock.StartupQuiet;

    /// <summary>So long what seems to be over may not be.</summary>
    public TimeSpan ClockGrace => clock.ClockGrace;

    public Pause Pause => pause;

    public Amplifier Amplifier => amplifier;

    /// <summary>Why it may not sound now; null when it may.</summary>
    public string? Why(Entry entry)
    {
        if (entry.IsCalledOff)
            return StopReason.Stopped;
        if (entry.Item.Class == AirClass.Emergency)
            return null;
        if (clock.State == ClockState.Unknown || StartupQuiet > TimeSpan.Zero)
            return StopReason.Clock;
        if (pause.End is not null)
            return StopReason.Paused;
        return amplifier.IsOn ? null : StopReason.Amplifier;
    }
}
