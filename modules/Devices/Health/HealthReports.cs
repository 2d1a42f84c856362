using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Devices.Registry;
using Loa.Kernel;

namespace Loa.Devices.Health;

/// <summary>Takes in how speakers say they fare: told again each minute and again on each connection.</summary>
sealed class HealthReports(LatestHealth latest, LiveBells bells, TimeProvider clock) : IInstantReports
{
    public AirTopic Topic => AirTopic.OutHealth;

    public void Connected(Guid speaker) => latest.Connected(speaker);

    public bool Take(Guid speaker, ReadOnlySpan<byte> payload, DateTimeOffset received)
    {
        if (HealthMessage.Heard(payload, received) is not { } fares)
            return false;
        latest.Take(speaker, fares, clock.Moment());
        bells.RingOnlyFor(SpeakerProcedure.Definition.Name, speaker);
        return true;
    }
}
