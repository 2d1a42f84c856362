using System.Net;

namespace Loa.Mqtt.Server.Admission;

/// <summary>
/// Limits how often connections may come and fail. A whole province may stand behind few addresses, so addresses are counted generously. A
/// client's failures are counted together with its address: an id is no secret, and nobody shall lock a speaker out by
/// failing in its name from elsewhere.
/// </summary>
sealed class ConnectionRateLimiter(MqttServerOptions options, TimeProvider clock)
{
    const int Places = 8192;

    readonly TokenBuckets attempts = new(options.ConnectionsPerAddress, Places, clock);
    readonly TokenBuckets failures = new(options.FailuresPerAddress, Places, clock);
    readonly TokenBuckets failuresOfClient = new(options.FailuresPerClient, Places, clock);

    /// <summary>A connection was opened.</summary>
    public bool MayConnect(EndPoint? remote) => attempts.Take(Key(remote, null));

    /// <summary>A client wants to prove who it is; false when it has failed too often of late.</summary>
    public bool MayTry(EndPoint? remote, string clientId) =>
        failures.Has(Key(remote, null)) && failuresOfClient.Has(Key(remote, clientId));

    public void Failed(EndPoint? remote, string clientId)
    {
        failures.Take(Key(remote, null));
        failuresOfClient.Take(Key(remote, clientId));
    }

    /// <summary>Refusals that say that a client is not who it claims to be, not that the server is busy.</summary>
    public static bool IsFailure(ReasonCode reason) =>
        reason
            is ReasonCode.BadUserNameOrPassword
                or ReasonCode.NotAuthorized
                or ReasonCode.BadAuthenticationMethod
                or ReasonCode.ClientIdentifierNotValid
                or ReasonCode.Banned;

    // HashCode is seeded anew in each process, so that nobody can aim at a neighbour's place. 0 stands for no key.
    static ulong Key(EndPoint? remote, string? clientId)
    {
        var address = Origin.Of(remote);
        var one = (uint)HashCode.Combine(address, clientId);
        var other = (uint)HashCode.Combine(clientId, address, 1);
        return ((ulong)one << 32 | other) | 1;
    }
}
