using Loa.Air;
using Loa.Speaker.Schedule;

namespace Loa.Speaker.Playing;

/// <summary>How loud a sound is to be: as the item itself says, else as the operator and the hour say.</summary>
sealed class Loudness(Volume volume, Programme programme)
{
    /// <summary>The share of full scale.</summary>
    public double Of(Cue cue, DateTimeOffset moment)
    {
        if (cue.Entry?.Item.Volume is { } own)
            return own / 100.0;
        // Quiet hours are not for emergencies.
        var hour = cue.Entry?.Item.Class == AirClass.Emergency ? 100 : programme.Hours.At(moment);
        return volume.Level * hour / 10_000.0;
    }
}
