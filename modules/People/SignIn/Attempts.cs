using Loa.Kernel;
using Loa.People.Credentials;
using Microsoft.Extensions.Options;

namespace Loa.People.SignIn;

/// <summary>
/// Counts wrong passwords. A device that knows the account has a counter of its own; strangers are counted by account and network,
/// and all of them together by account: they shut the door on strangers, never on the officer in his own browser.
/// Names that nobody has are counted like the others.
/// </summary>
sealed class Attempts(IOptions<GateOptions> options, TimeProvider clock)
{
    const int Most = 50_000;

    readonly Lock turn = new();

    /// <summary>So much is remembered, of however many names.</summary>
    internal int Count
    {
        get
        {
            lock (turn)
                return tries.Count;
        }
    }

    readonly Dictionary<string, Tries> tries = new(StringComparer.Ordinal);

    /// <param name="name">The account's name in its normal form.</param>
    /// <param name="account">Null when nobody has the name.</param>
    public Door DoorOf(string name, KnownAccount? account, Visitor visitor)
    {
        if (account is not null && visitor.Known is { } device && device.Knows(account))
        {
            var own = new Door(true, [new($"device {device.Id} {account.Id}", options.Value.FailuresBeforeLockOut)]);
            if (!IsShut(own))
                return own;
        }
        return new(
            false,
            [
                new($"here {visitor.Network} {name}", options.Value.FailuresBeforeLockOut),
                new($"strangers {name}", options.Value.FailuresOfStrangers),
            ]
        );
    }

    public bool IsShut(Door door)
    {
        lock (turn)
            return door.Counters.Any(c => Now(c.Key).Count >= c.Limit);
    }

    /// <summary>One more wrong password; tells whether this one shut the door.</summary>
    public bool Fail(Door door, Visitor visitor)
    {
        lock (turn)
        {
            foreach (var counter in door.Counters)
                Add(counter.Key);
            Add(NetworkKey(visitor));
            return door.Counters.Any(c => Now(c.Key).Count == c.Limit);
        }
    }

    public void Succeed(Door door)
    {
        lock (turn)
            tries.Remove(door.Counters[0].Key);
    }

    /// <summary>Many wrong passwords came from there lately, whatever the names.</summary>
    public bool IsRough(Visitor visitor)
    {
        lock (turn)
            return Now(NetworkKey(visitor)).Count >= options.Value.FailuresOfStrangers;
    }

    void Add(string key)
    {
        if (tries.Count >= Most)
            MakeRoom();
        tries[key] = new(Now(key).Count + 1, clock.GetUtcNow() + options.Value.LockOut);
    }

    Tries Now(string key) => tries.TryGetValue(key, out var found) && found.Until > clock.GetUtcNow() ? found : default;

    // What is over first; if that frees nothing, the half that will be over soonest.
    void MakeRoom()
    {
        var now = clock.GetUtcNow();
        var over = tries.Where(t => t.Value.Until <= now).Select(t => t.Key).ToList();
        if (over.Count == 0)
            over = [.. tries.OrderBy(t => t.Value.Until).Take(Most / 2).Select(t => t.Key)];
        over.ForEach(key => tries.Remove(key));
    }

    static string NetworkKey(Visitor visitor) => $"network {visitor.Network}";

    readonly record struct Tries(int Count, DateTimeOffset Until);
}

/// <summary>How an attempt is counted.</summary>
/// <param name="IsKnown">It comes from a device on which the officer signed in before.</param>
sealed record Door(bool IsKnown, IReadOnlyList<Counter> Counters);

/// <summary>A count of failures that shuts a door when it reaches its limit.</summary>
sealed record Counter(string Key, int Limit);
