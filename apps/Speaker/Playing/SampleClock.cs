using Loa.Audio;

namespace Loa.Speaker.Playing;

/// <summary>Lets samples pass at the pace of the clock, as a sound card would, and runs dry as one would.</summary>
public sealed class SampleClock(TimeProvider clock)
{
    long began = clock.GetTimestamp();
    long given;

    /// <summary>How many times it ran dry, and what followed was late.</summary>
    public int Gaps { get; private set; }

    /// <summary>How long until a sample given now has its turn.</summary>
    public TimeSpan Delay
    {
        get
        {
            var delay = Samples.Time(given) - clock.GetElapsedTime(began);
            if (delay >= TimeSpan.Zero)
                return delay;
            Gaps += given > 0 ? 1 : 0;
            (began, given) = (clock.GetTimestamp(), 0);
            return TimeSpan.Zero;
        }
    }

    public void Give(int samples) => given += samples;
}

/// <summary>Turns numbers of samples into time and back.</summary>
static class Samples
{
    public const int Rate = OggOpus.SampleRateHz;

    // Rounded up, so that the way back leads to the same sample.
    public static TimeSpan Time(long samples) => new(((samples * TimeSpan.TicksPerSecond) + Rate - 1) / Rate);

    /// <summary>The nearest whole number.</summary>
    public static long In(TimeSpan time) =>
        (long)Math.Round(time.Ticks * (decimal)Rate / TimeSpan.TicksPerSecond, MidpointRounding.AwayFromZero);
}
