using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Kernel;

namespace Loa.Devices.Health;

/// <summary>Puts on the board how speakers say they fare: told again each minute and again on each connection.</summary>
sealed class HealthReports(HealthBoard board, TimeProvider clock) : IInstantReports
{
    public AirTopic Topic => AirTopic.OutHealth;

    public void Connected(Guid speaker) => board.Connected(speaker);

    public bool Take(Guid speaker, ReadOnlySpan<byte> payload, DateTimeOffset received)
    {
        if (HealthMessage.Heard(payload, received) is not { } fares)
            return false;
        board.Take(speaker, fares, clock.Moment());
        return true;
    }
}
