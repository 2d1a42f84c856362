using Loa.Air;

namespace Loa.Bench.Forge;

/// <summary>What came of one kind of forgery.</summary>
readonly record struct Flood(string Kind, long Sent, long Accepted, bool GoodBefore, bool GoodAfter, string? First)
{
    /// <summary>Forgeries of one kind of document, against the very check that the speaker or the gateway calls.</summary>
    public static Flood Of(string kind, int count, int seed)
    {
        var target = ForgeryTarget.All[kind]();
        var forger = new Forger(new Random(seed), target);
        var before = target.Accepts(target.Good);
        var (accepted, first) = (0L, (string?)null);
        for (var i = 0; i < count; i++)
        {
            var forged = forger.Next();
            if (!target.Accepts(forged))
                continue;
            accepted++;
            first ??= forged;
        }
        return new Flood(kind, count, accepted, before, target.Accepts(target.Good), first);
    }
}
