using Loa.Air;

namespace Loa.Bench.Forge;

/// <summary>A speaker's judgement under the orders of a thief, held against the truth.</summary>
static class Siege
{
    /// <summary>What the speaker would play although no leader allowed it, and what it would not although one did.</summary>
    public readonly record struct Outcome(long Attempts, long Wrong, long Right, long Denied, string? First);

    public static Outcome Run(int attempts, int seed)
    {
        var random = new Random(seed);
        var province = new Province(random);
        var thief = new Thief(province, random);
        var chain = new Chain(SomeKeys.Root.Public, 256);
        // The speaker has heard from an honest server what there was to hear.
        foreach (var word in province.Officers.Select(o => o.Word).Append(province.ServerWord))
            Assert.True(chain.Learn(word).Ok);
        Assert.True(chain.Revoke(province.Revocations).Ok);

        var (wrong, right, denied, first, held) = (0L, 0L, 0L, (string?)null, 9L);
        for (var i = 0; i < attempts; i++)
        {
            var attempt = thief.Next();
            var plays = Takes(chain, province, attempt, ref held);
            var may =
                !attempt.OrderIsBad
                && province.ByText.TryGetValue(attempt.Release, out var approved)
                && approved.Release.Class == attempt.Order.Items[0].Class
                && approved.MayBeHeard(Some.Path, attempt.Moment);
            if (plays && !may)
                (wrong, first) = (wrong + 1, first ?? attempt.ToString());
            else if (plays)
                right++;
            else if (may)
                denied++;
        }
        return new(attempts, wrong, right, denied, first);
    }

    // The order in which a speaker asks: delegations, revocations, timetable, and each item again at its moment.
    static bool Takes(Chain chain, Province province, Attempt attempt, ref long held)
    {
        foreach (var word in attempt.Delegations)
            chain.Learn(word);
        chain.Revoke(province.OlderRevocations);
        var order = attempt.OrderIsBad ? Spoiled(attempt.Order, held) : attempt.Order;
        var verdict = chain.Verify(
            order.Sign(attempt.OrderedBy),
            new TimetableRule(Some.Speaker, Some.Path, held, attempt.Moment)
        );
        if (!verdict.Ok)
            return false;
        held = verdict.Document.Version;
        return chain.Verify(attempt.Release, new ReleaseRule(Some.Path, attempt.Moment, verdict.Document.Items[0])).Ok;
    }

    static Timetable Spoiled(Timetable order, long held) =>
        (order.Version % 3) switch
        {
            0 => order with { Speaker = Some.OtherSpeaker },
            1 => order with { Version = held },
            _ => order with { Base = held - 1 },
        };
}
