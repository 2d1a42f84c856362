using Loa.Cluster;
using Loa.Contracts.Trust;
using Loa.Kernel;
using Microsoft.Extensions.Logging;

namespace Loa.Gateway;

/// <summary>What lets speakers believe what the server signs on the spot; looked up once a minute, not for each of them.</summary>
sealed partial class OwnDelegations(ITrust trust, TimeProvider clock, ILogger<OwnDelegations> log) : INodeCache
{
    static readonly TimeSpan Keeps = TimeSpan.FromMinutes(1);

    Held? held;

    /// <summary>Of each root whose word counts; none while the root of today lets the server's key do nothing.</summary>
    public async ValueTask<IReadOnlyList<string>> Find(CancellationToken cancel)
    {
        if (Volatile.Read(ref held) is { } known && clock.GetElapsedTime(known.Since) < Keeps)
            return known.Delegations;
        IReadOnlyList<string> delegations;
        try
        {
            delegations = await trust.ServerDelegations(cancel);
        }
        catch (RefusedException e)
        {
            // The speaker is answered all the same: it may hold a delegation from before.
            Log.NotDelegated(log, e.Code);
            delegations = [];
        }
        Volatile.Write(ref held, new(delegations, clock.GetTimestamp()));
        return delegations;
    }

    void INodeCache.Forget(Guid changed) => Volatile.Write(ref held, null);

    sealed record Held(IReadOnlyList<string> Delegations, long Since);

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Speakers cannot believe what the server tells them: {Reason}")]
        public static partial void NotDelegated(ILogger log, string reason);
    }
}
