using Loa.Speaker.Playing;

namespace Loa.Speaker.InABox;

/// <summary>Lets the time of a held machine pass for a speaker that nobody hears, from one event to the next.</summary>
static class Drive
{
    public static void For(Hut hut, HeldMachine machine, TimeSpan time) => Until(hut, machine, machine.True + time);

    public static void Until(Hut hut, HeldMachine machine, DateTimeOffset end)
    {
        var last = hut.Clock.GetTimestamp();
        while (machine.True < end)
        {
            var passed = hut.Clock.GetElapsedTime(last);
            last = hut.Clock.GetTimestamp();
            var now = hut.Clock.GetUtcNow();
            hut.Deck.Pass(now - passed, Samples.In(passed));
            hut.Deck.Plan(now);
            hut.Deck.Start(now, 0);
            hut.Deck.Pass(now, 0);
            hut.Deck.Settle(now);
            var rest = hut.Deck.Rest(now);
            machine.Advance(rest < end - machine.True ? rest : end - machine.True);
        }
    }
}
