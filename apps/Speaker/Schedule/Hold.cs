using Loa.Air;
using Loa.Speaker.Playing;

namespace Loa.Speaker.Schedule;

/// <summary>What an operator holds back: all but emergencies, while he wants quiet or the amplifier is to have no power.</summary>
sealed class Hold(Pause pause, Amplifier amplifier)
{
    public Pause Pause => pause;

    public Amplifier Amplifier => amplifier;

    /// <summary>Why an operator does not let it sound now; null when he does.</summary>
    public string? Why(Entry entry)
    {
        if (entry.IsCalledOff)
            return StopReason.Stopped;
        if (entry.Item.Class == AirClass.Emergency)
            return null;
        if (pause.End is not null)
            return StopReason.Paused;
        return amplifier.IsOn ? null : StopReason.Amplifier;
    }
}
