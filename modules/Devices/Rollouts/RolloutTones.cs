using Loa.Ui;

namespace Loa.Devices.Rollouts;

/// <summary>The colours of rollouts and the speakers in them.</summary>
static class RolloutTones
{
    static readonly Dictionary<string, Tone> tones = new(StringComparer.Ordinal)
    {
        [RolloutProcedure.Live] = Tone.Going,
        [RolloutProcedure.Paused] = Tone.Warn,
        [RolloutProcedure.Stopped] = Tone.Act,
        [RolloutProcedure.Done] = Tone.Good,
    };

    public static Tone Of(string state) => tones.GetValueOrDefault(state, Tone.Quiet);

    public static Tone Of(TargetState state) =>
        state switch
        {
            TargetState.Sent => Tone.Going,
            TargetState.Done => Tone.Good,
            TargetState.Failed => Tone.Act,
            _ => Tone.Quiet,
        };
}
