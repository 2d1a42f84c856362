using Loa.Contracts.Devices;
using Loa.Ui;

namespace Loa.Devices.Overview;

/// <summary>What of one speaker's plays needs somebody.</summary>
static class PlayTones
{
    public static Tone Of(PlayStage stage) =>
        stage switch
        {
            PlayStage.Heard => Tone.Good,
            PlayStage.Refused or PlayStage.Failed or PlayStage.Silent => Tone.Act,
            PlayStage.Cut or PlayStage.Stopped => Tone.Warn,
            PlayStage.Waiting => Tone.Quiet,
            _ => Tone.Going,
        };
}
