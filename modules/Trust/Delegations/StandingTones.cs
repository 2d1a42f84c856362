using Loa.Ui;

namespace Loa.Trust.Delegations;

/// <summary>The colour of a delegation's standing.</summary>
static class StandingTones
{
    public static Tone Tone(this DelegationStanding standing) =>
        standing switch
        {
            DelegationStanding.Asked => Ui.Tone.Going,
            DelegationStanding.InForce => Ui.Tone.Good,
            DelegationStanding.Early => Ui.Tone.Warn,
            DelegationStanding.Expired => Ui.Tone.Warn,
            _ => Ui.Tone.Quiet,
        };
}
