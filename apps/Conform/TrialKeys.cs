using Loa.Air;
using Loa.Jose;

namespace Loa.Conform;

/// <summary>A province of one unit with keys of its own, made for one trial.</summary>
sealed class TrialKeys
{
    static readonly AirClass[] all = [AirClass.Ordinary, AirClass.Priority, AirClass.Emergency];

    readonly Dictionary<string, SigningKey> keys = new(StringComparer.Ordinal)
    {
        ["root"] = SigningKey.Create(),
        ["next"] = SigningKey.Create(),
        ["server"] = SigningKey.Create(),
        ["officer"] = SigningKey.Create(),
        ["stranger"] = SigningKey.Create(),
    };

    readonly List<string> revoked = [];

    public Guid Province { get; } = Guid.CreateVersion7();

    public Guid Hamlet { get; } = Guid.CreateVersion7();

    public Guid OtherHamlet { get; } = Guid.CreateVersion7();

    /// <summary>The root of this moment.</summary>
    public SigningKey Root { get; private set; } = null!;

    public SigningKey Server => keys["server"];

    public List<string> Changes { get; } = [];

    /// <summary>The newest list; null before the first.</summary>
    public string? Revocations { get; private set; }

    public TrialKeys() => Root = keys["root"];

    public SigningKey Find(string name) => keys[name];

    /// <summary>What lets a speaker believe the server and the officer, by the root of this moment.</summary>
    public string[] Delegations() =>
        [
            Delegate("server", AirKind.Timetable, AirKind.Command, AirKind.Placement),
            Delegate("officer", AirKind.Release),
        ];

    public string Delegate(string name, params AirKind[] kinds)
    {
        var (key, now) = (keys[name], Moment.Now());
        return new Delegation(
            Guid.CreateVersion7(),
            key.KeyId,
            key.Public.Jwk,
            name,
            kinds,
            all,
            [Province],
            now.AddDays(-2),
            now.AddDays(30)
        ).Sign(Root);
    }

    /// <summary>Takes a key back; whoever had it gets another.</summary>
    public void Revoke(string name)
    {
        revoked.Add(keys[name].KeyId);
        keys[name] = SigningKey.Create();
        Revocations = new Revocations(revoked.Count, Moment.Now(), [.. revoked], []).Sign(Root);
    }

    /// <summary>The root names another in its place.</summary>
    public void ChangeRoot(string name)
    {
        var (next, now) = (keys[name], Moment.Now());
        Changes.Add(new RootChange(Changes.Count + 1, next.KeyId, next.Public.Jwk, now, now.AddMinutes(10)).Sign(Root));
        Root = next;
    }
}

/// <summary>Moments as they go over the air.</summary>
static class Moment
{
    public static DateTimeOffset Now() => Whole(TimeProvider.System.GetUtcNow());

    public static DateTimeOffset Whole(DateTimeOffset moment) =>
        DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());
}
