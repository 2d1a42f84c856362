namespace Loa.Speaker.Timing;

/// <summary>One comparison of the machine's counter with the server's clock, from four timestamps (RFC 5905, §8).</summary>
/// <param name="At">The machine's counter half way between question and answer, in ticks of 100 ns.</param>
/// <param name="Theta">The server's clock less the counter, in ticks.</param>
/// <param name="Delay">How long question and answer were on their way, in ticks.</param>
readonly record struct TimeSample(long At, long Theta, long Delay)
{
    /// <param name="asked">The counter when the question went out.</param>
    /// <param name="received">The server's clock when it had come.</param>
    /// <param name="answered">The server's clock when the answer went out.</param>
    /// <param name="heard">The counter when it had come.</param>
    public static TimeSample Of(TimeSpan asked, DateTimeOffset received, DateTimeOffset answered, TimeSpan heard)
    {
        var there = received.UtcTicks - asked.Ticks;
        var back = answered.UtcTicks - heard.Ticks;
        var delay = heard.Ticks - asked.Ticks - (answered.UtcTicks - received.UtcTicks);
        return new TimeSample((asked.Ticks + heard.Ticks) / 2, (there / 2) + (back / 2), Math.Max(0, delay));
    }
}
