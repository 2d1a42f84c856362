using Loa.Speaker.InABox;

namespace Loa.Speaker.Timing;

/// <summary>Carries questions and answers between a hut and a server that knows the truth, each way as slowly as it is told.</summary>
sealed class SomeNetwork(Hut hut, Owner owner, HeldMachine machine, Func<(TimeSpan There, TimeSpan Back)> delays)
{
    static readonly TimeSpan step = TimeSpan.FromMilliseconds(250);

    /// <summary>How far the server is from the truth.</summary>
    public TimeSpan ServerOff { get; set; }

    public int Questions { get; private set; }

    /// <summary>How far the speaker's clock is from the truth.</summary>
    public TimeSpan Off => hut.Clock.GetUtcNow() - machine.True;

    /// <param name="each">Looks at the clock after each step.</param>
    public void Pass(TimeSpan time, Action? each = null)
    {
        for (var end = machine.True + time; machine.True < end; )
        {
            if (hut.Time.Question() is { } question)
            {
                Questions++;
                var (there, back) = delays();
                machine.Advance(there);
                var received = machine.True + ServerOff;
                machine.Advance(TimeSpan.FromMicroseconds(300));
                var answer = owner.Tell(question, received, machine.True + ServerOff);
                machine.Advance(back);
                hut.Time.Take(answer);
            }
            machine.Advance(step);
            each?.Invoke();
        }
    }
}
