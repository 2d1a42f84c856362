using Loa.Contracts.People;
using Loa.Kernel;
using Microsoft.Extensions.Logging;

namespace Loa.Devices.Gateway;

/// <summary>What lets speakers believe what the server signs on the spot; looked up once a minute, not for each of them.</summary>
sealed partial class OwnDelegation(ITrust trust, TimeProvider clock, ILogger<OwnDelegation> log)
{
    static readonly TimeSpan Keeps = TimeSpan.FromMinutes(1);

    Held? held;

    /// <summary>Null while the root lets the server's key do nothing.</summary>
    public async ValueTask<string?> Find(CancellationToken cancel)
    {
        if (Volatile.Read(ref held) is { } known && clock.GetElapsedTime(known.Since) < Keeps)
            return known.Delegation;
        string? delegation;
        try
        {
            delegation = await trust.ServerDelegation(cancel);
        }
        catch (RefusedException e)
        {
            // The speaker is answered all the same: it may hold a delegation from before.
            Log.NotDelegated(log, e.Code);
            delegation = null;
        }
        Volatile.Write(ref held, new(delegation, clock.GetTimestamp()));
        return delegation;
    }

    sealed record Held(string? Delegation, long Since);

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Speakers cannot believe what the server tells them: {Reason}")]
        public static partial void NotDelegated(ILogger log, string reason);
    }
}
