using Loa.Contracts.Devices;

namespace Loa.Playout.AsRun;

/// <summary>A play that changed, with the speaker it is of.</summary>
readonly record struct SpeakerPlayed(Play Play, INamedSpeaker Speaker)
{
    public SpeakerPlay Seen =>
        new(
            Speaker.Id,
            Speaker.Name,
            Speaker.UnitId,
            Speaker.IsOnline,
            Play.Stage,
            Play.Reason,
            Play.At,
            Play.StartedAt,
            Play.EndedAt
        );
}
