using Loa.Audio;

namespace Loa.Speaker.Playing;

/// <summary>Fills memory with the next samples; fewer than asked only at the end.</summary>
delegate int ReadSound(Span<short> pcm);

/// <summary>Lets one sound be heard at the pace of the clock, until its end or until there is a reason to stop.</summary>
sealed class Performance(ReadSound read, IVoice voice, Func<string?> whyStop, Func<double> gain, TimeProvider clock)
{
    const int Rate = OggOpus.SampleRateHz;
    const int Frame = Rate / 50;

    // 50 ms: long enough not to click, short enough for an emergency.
    const int Fade = Rate / 20;

    readonly long began = clock.GetTimestamp();
    readonly short[] pcm = new short[Fade];
    double level = gain();
    long given;

    /// <returns>Why it stopped; null when it was heard to its end.</returns>
    public async Task<string?> Run()
    {
        while (true)
        {
            if (whyStop() is { } reason)
            {
                // What was not begun needs no fading.
                if (given > 0)
                    await Give(read(pcm), 0);
                return reason;
            }
            var count = read(pcm.AsSpan(0, Frame));
            if (count == 0)
                break;
            await Give(count, gain());
        }
        await Due();
        voice.Finish();
        return null;
    }

    async Task Give(int count, double to)
    {
        await Due();
        var part = pcm.AsMemory(0, count);
        Gain.Apply(part.Span, level, to);
        voice.Write(part.Span);
        (level, given) = (to, given + count);
    }

    // Without a token: a sound is stopped by a reason, which fades it out.
    async Task Due()
    {
        var wait = TimeSpan.FromSeconds((double)given / Rate) - voice.Lead - clock.GetElapsedTime(began);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock);
    }
}
