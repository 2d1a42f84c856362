using Loa.Air;
using Loa.Ui;

namespace Loa.Newsroom.Bulletins;

/// <summary>What colour a bulletin's state and class have: red only where someone must act.</summary>
static class BulletinTones
{
    static readonly Dictionary<string, (Tone Tone, string Icon)> OfState = new(StringComparer.Ordinal)
    {
        [BulletinProcedure.Draft] = (Tone.Quiet, "pencil"),
        [BulletinProcedure.Submitted] = (Tone.Going, "send"),
        [BulletinProcedure.Returned] = (Tone.Warn, "arrow-back-up"),
        [BulletinProcedure.Approved] = (Tone.Good, "signature"),
        [BulletinProcedure.Withdrawn] = (Tone.Warn, "circle-x"),
        [BulletinProcedure.Discarded] = (Tone.Quiet, "trash"),
    };

    public static Tone Of(string state) => OfState[state].Tone;

    public static Tone OfClass(AirClass @class) => @class == AirClass.Emergency ? Tone.Act : Tone.Quiet;

    /// <summary>How an act looks in the history: like the state it led to.</summary>
    public static (Tone Tone, string Icon) OfMove(string move) =>
        move == BulletinProcedure.Speak ? (Tone.Quiet, "microphone")
        : BulletinProcedure.Definition.MoveOf(move)?.To is { } state ? OfState[state]
        : (Tone.Quiet, "pencil");
}
