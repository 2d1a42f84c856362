using Loa.Ui;

namespace Loa.People.Trust;

/// <summary>The colour of a delegation's standing.</summary>
static class StandingTones
{
    public static Tone Tone(this Standing standing) =>
        standing switch
        {
            Standing.Asked => Ui.Tone.Going,
            Standing.InForce => Ui.Tone.Good,
            Standing.Early => Ui.Tone.Warn,
            Standing.Expired => Ui.Tone.Warn,
            _ => Ui.Tone.Quiet,
        };
}
