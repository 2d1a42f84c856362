using System.Security.Cryptography;

namespace Loa.Speaker.Timing;

/// <summary>When to ask for the time: at once and several times when it is not known, then ever more seldom, and never all speakers together.</summary>
sealed class Rhythm(TimeProvider clock)
{
    const int Burst = 8;

    static readonly TimeSpan quick = TimeSpan.FromSeconds(2);
    static readonly TimeSpan shortest = TimeSpan.FromSeconds(64);
    static readonly TimeSpan longest = TimeSpan.FromMinutes(20);
    static readonly TimeSpan spread = TimeSpan.FromSeconds(20);

    // Nothing but emergencies sounds before the answer: as soon as the server can tell it to a whole province.
    static readonly TimeSpan soon = TimeSpan.FromSeconds(2);

    long since = clock.GetTimestamp();
    TimeSpan wait = TimeSpan.MaxValue;
    TimeSpan interval = shortest;
    int left;

    /// <summary>How long until the next question.</summary>
    public TimeSpan Due
    {
        get
        {
            var due = wait == TimeSpan.MaxValue ? longest : wait - clock.GetElapsedTime(since);
            return due > TimeSpan.Zero ? due : TimeSpan.Zero;
        }
    }

    /// <summary>The server can be reached again.</summary>
    /// <param name="isNeeded">Whether the time is so uncertain that several questions are asked.</param>
    public void Connected(ClockState state, bool isNeeded)
    {
        if (isNeeded)
            Often();
        if (isNeeded || Due < spread)
            In(Chance() * First(state));
    }

    /// <summary>Something does not fit: several questions in a row.</summary>
    public void Often() => (left, interval, since, wait) = (Burst, shortest, clock.GetTimestamp(), quick);

    /// <summary>A question went out; the next one follows whether or not it is answered.</summary>
    public void Asked()
    {
        if (left > 0)
            left--;
        In(left > 0 ? quick * (0.75 + (Chance() / 2)) : interval * (0.9 + (Chance() / 5)));
    }

    /// <summary>The answer was as expected, or off by more than can be explained by the network.</summary>
    public void Answered(bool asExpected)
    {
        if (left > 0)
            return;
        interval = asExpected ? interval * 2 : interval / 2;
        interval =
            interval > longest ? longest
            : interval < shortest ? shortest
            : interval;
    }

    static TimeSpan First(ClockState state) =>
        state switch
        {
            ClockState.Unknown => TimeSpan.Zero,
            ClockState.Guessed => soon,
            _ => spread,
        };

    void In(TimeSpan time) => (since, wait) = (clock.GetTimestamp(), time);

    static double Chance() => RandomNumberGenerator.GetInt32(1_000_000) / 1e6;
}
