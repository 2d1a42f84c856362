using Loa.Air;
using Loa.Speaker.Schedule;

namespace Loa.Speaker.Playing;

/// <summary>One sound while it is heard: from its first sample until its end, or until it is told to leave.</summary>
sealed class PlayingSound(Cue cue, long first, DateTimeOffset start, int wait, double gain)
{
    /// <summary>50 ms: long enough not to click, short enough for an emergency.</summary>
    public const int FadeSamples = Samples.Rate / 20;

    // All the way from silent to loud takes 20 ms.
    const double Step = 50.0 / Samples.Rate;

    // What enters in the middle is faded in, else it clicks.
    double gain = first > 0 ? 0 : gain;
    int wait = wait;
    long fadeIn = long.MaxValue;
    long fadeStart = long.MaxValue;
    int faded;
    string? reason;

    public Cue Cue => cue;

    public DateTimeOffset Start => start;

    public TimeSpan Offset { get; } = Samples.Time(first);

    public TimeSpan ClockError { get; init; }

    public Meter Meter { get; } = new();

    /// <summary>Its sample that is next.</summary>
    public long At { get; private set; } = first;

    /// <summary>Where it goes on when it may: where its fading began.</summary>
    public long HeardTo => Math.Min(At, fadeStart);

    /// <summary>How many samples are left, if nothing comes in between.</summary>
    public long Left =>
        Math.Min(cue.Length - At, fadeIn == long.MaxValue ? long.MaxValue : fadeIn + FadeSamples - faded);

    /// <summary>The loudest sample of the last frame before it was made softer.</summary>
    public int Loudest { get; private set; }

    /// <summary>Fades out, at once or after some samples; a sooner end takes the place of a later one.</summary>
    public void Leave(string reason, long after = 0)
    {
        if (fadeIn <= after)
            return;
        (this.reason, fadeIn) = (reason, after);
        fadeStart = At + after;
    }

    /// <summary>Ends with the airtime of the item that it is, or in whose place it sounds.</summary>
    public void KeepWithin(Entry entry)
    {
        if (entry.Item.Now && cue.Instead is null)
            return;
        var most = Samples.In((cue.Instead is null ? entry.Item.Until : entry.End) - start);
        if (most < Left)
            Leave(StopReason.TimeOver, Math.Max(0, most - FadeSamples));
    }

    public bool IsLeaving => fadeIn <= 0;

    /// <summary>Whether it has nothing more to say.</summary>
    public bool IsOver => At >= cue.Length || (cue.Source is null && IsLeaving);

    /// <summary>Why it did not come to its end; null when it did.</summary>
    public string? Broken => At >= cue.Length ? null : reason;

    /// <summary>Nobody hears it; only its samples pass.</summary>
    /// <returns>How many passed before it was over; fewer than asked only then.</returns>
    public long Pass(long samples)
    {
        var most = Math.Min(cue.Length - At, fadeIn);
        var passed = Math.Max(0, Math.Min(samples, most));
        At += passed;
        if (fadeIn != long.MaxValue)
            fadeIn -= passed;
        return passed;
    }

    /// <summary>Adds its next samples to what is heard.</summary>
    /// <returns>Where in the frame it was over; −1 when it goes on.</returns>
    public int AddTo(Span<int> sum, Span<short> pcm, double target)
    {
        var from = Math.Min(wait, sum.Length);
        wait -= from;
        var wanted = (int)Math.Min(sum.Length - from, Left);
        var count = cue.Source!.Read(pcm[..wanted]);
        // What did not come counts as lost, however soft it was.
        Loudest = cue.Source.IsMissing ? short.MaxValue : 0;
        for (var i = 0; i < count; i++)
        {
            Loudest = Math.Max(Loudest, Math.Abs((int)pcm[i]));
            gain += Math.Clamp(target - gain, -Step, Step);
            sum[from + i] += (int)Math.Round(pcm[i] * gain * Fade());
        }
        At += count;
        return count < wanted || Left <= 0 ? from + count : -1;
    }

    /// <summary>How it went.</summary>
    public PlayResult Result(PlayOutcome outcome, string? reason, DateTimeOffset end) =>
        new(outcome, reason, start, end, Offset, HeardTo, ClockError, Meter.Silent, Meter.Clipped);

    double Fade()
    {
        if (fadeIn == long.MaxValue)
            return 1;
        if (fadeIn > 0)
        {
            fadeIn--;
            return 1;
        }
        faded++;
        return Math.Max(0, 1 - ((double)faded / FadeSamples));
    }
}

/// <summary>A sound made ready.</summary>
/// <param name="Rank">See <see cref="Order"/>.</param>
/// <param name="Entry">The item it is, or in whose place it sounds; null for a signal.</param>
/// <param name="Instead">What it is, when it sounds in place of the item.</param>
/// <param name="Source">Null when nobody hears it.</param>
sealed record Cue(string Name, int Rank, long Length, ISource? Source, Entry? Entry = null, Fallback? Instead = null)
{
    public Entry? Item => Instead is null ? Entry : null;

    public bool IsEmergency => Entry?.Item.Class == AirClass.Emergency;
}
