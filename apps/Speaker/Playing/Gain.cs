using Loa.Air;
using Loa.Speaker.Controls;
using Loa.Speaker.Schedule;

namespace Loa.Speaker.Playing;

/// <summary>How loud a sound is to be: as the item itself says, else as the operator and the hour say, an emergency never below its floor.</summary>
sealed class Gain(Volume volume, PlayQueue queue)
{
    /// <summary>The share of full scale, before each horn's level.</summary>
    public double Of(Cue cue, DateTimeOffset moment) =>
        HornShare.Whole(ClassOf(cue), volume.Level, queue.Hours.At(moment), cue.Entry?.Item.Volume);

    /// <summary>The level below which no horn goes while this sounds.</summary>
    public double LeastHorn(Cue? cue, DateTimeOffset moment) =>
        cue is null ? 0 : HornShare.LeastHorn(ClassOf(cue), Of(cue, moment));

    static AirClass ClassOf(Cue cue) => cue.Entry?.Item.Class ?? AirClass.Ordinary;
}
