using System.Collections.Concurrent;
using Loa.Air;
using Loa.Contracts.Ledger;
using Loa.Kernel;

namespace Loa.Gateway;

/// <summary>
/// Which head of the ledger a speaker is given with its next acknowledgement, to write into its own chain: one a day, of each
/// module in turn. Thousands of boards then hold what the server once said of itself.
/// </summary>
/// <remarks>After a start of the server everybody is given one again, which costs a record.</remarks>
sealed class HeadTurns(ILedgerHead ledger, TimeProvider clock)
{
    static readonly TimeSpan Every = TimeSpan.FromDays(1);

    readonly ConcurrentDictionary<Guid, DateTimeOffset> given = new();

    /// <summary>Null when it was given one today, or when nothing is sealed yet.</summary>
    public NotedHead? Next(Guid speaker)
    {
        var now = clock.Moment();
        if (given.TryGetValue(speaker, out var last) && now - last < Every)
            return null;
        if (ledger.Newest is not { Count: > 0 } heads)
            return null;
        given[speaker] = now;
        var turn = (uint)speaker.GetHashCode() + (uint)(now - DateTimeOffset.UnixEpoch).Days;
        var head = heads[(int)(turn % (uint)heads.Count)];
        return new(head.Module, head.Number, head.Hash);
    }
}
