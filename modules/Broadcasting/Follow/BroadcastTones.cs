using Loa.Broadcasting.Broadcasts;
using Loa.Contracts.Devices;
using Loa.Ui;

namespace Loa.Broadcasting.Follow;

/// <summary>What colour a broadcast and its plays have: red only where something failed and someone must act.</summary>
static class BroadcastTones
{
    public static Tone Of(string state) =>
        state switch
        {
            BroadcastProcedure.Ordered => Tone.Going,
            BroadcastProcedure.Over => Tone.Good,
            BroadcastProcedure.Failed => Tone.Act,
            _ => Tone.Warn,
        };

    public static Tone Of(PlayStage stage) =>
        stage switch
        {
            PlayStage.Refused or PlayStage.Failed or PlayStage.Silent => Tone.Act,
            PlayStage.Cut or PlayStage.Stopped => Tone.Warn,
            PlayStage.Heard => Tone.Good,
            PlayStage.Waiting => Tone.Quiet,
            _ => Tone.Going,
        };
}
