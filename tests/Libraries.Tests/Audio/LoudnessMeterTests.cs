namespace Loa.Audio;

public sealed class LoudnessMeterTests : IDisposable
{
    readonly Workbench bench = new();

    [Fact]
    public void A_tone_of_full_scale_is_as_loud_as_the_standard_says()
    {
        // ITU-R BS.1770: a 0 dB sine of 997 Hz on one channel reads −3.01.
        Assert.Equal(-3.01, Of(Some.Tone(5, 997, level: 1)).IntegratedLufs, 0.02);
        Assert.Equal(-23.01, Of(Some.Tone(5, 997, level: 0.1f)).IntegratedLufs, 0.02);
    }

    [Fact]
    public void Silence_between_does_not_make_it_less_loud()
    {
        var (said, nothing) = (Some.Tone(3, 997, level: 0.2f).Samples, new float[48_000 * 2]);
        var meter = new LoudnessMeter(48_000);
        foreach (var part in new[] { said, nothing, said, nothing })
            meter.Add(part);

        var measured = meter.Measured;

        Assert.Equal(-16.99, measured.IntegratedLufs, 0.5);
        Assert.Equal(10, measured.Duration.TotalSeconds, 0.001);
    }

    [Fact]
    public void A_peak_between_two_samples_is_seen()
    {
        // Four samples a wave, each an eighth of it beside the peak.
        var samples = Enumerable.Range(0, 48_000).Select(n => 0.5f * MathF.Sin(MathF.PI / 2 * n + MathF.PI / 4));
        var measured = Of(new Sound([.. samples], 48_000));

        Assert.Equal(-6.02, measured.TruePeakDbtp, 0.15);
    }

    [Fact]
    public void Of_silence_nothing_is_measured()
    {
        var measured = Of(new Sound(new float[96_000], 48_000));

        Assert.True(measured.Silent);
        Assert.Equal(double.NegativeInfinity, measured.TruePeakDbtp);
    }

    [Fact]
    public async Task Speech_and_noise_measure_as_the_tool_measures_them()
    {
        await Espeak.Speak(Some.Minute, "vi", 105, bench["voice.wav"], default);
        await Loudness.Level(bench["voice.wav"], bench["speech.wav"], default);
        Some.Save(Some.Noise(7, level: 0.4f), bench["noise.wav"]);
        foreach (var file in new[] { bench["speech.wav"], bench["noise.wav"] })
        {
            var (told, measured) = (await Loudness.Measure(file, default), Of(Wav.Read(file)));

            Assert.Equal(told.IntegratedLufs, measured.IntegratedLufs, 0.11);
            Assert.Equal(told.TruePeakDbtp, measured.TruePeakDbtp, 0.3);
            Assert.Equal(told.Duration.TotalSeconds, measured.Duration.TotalSeconds, 0.01);
        }
    }

    [Fact]
    public async Task What_a_voice_says_measures_alike_at_its_own_rate()
    {
        await Espeak.Speak(Some.Sentence, "vi", 105, bench["voice.wav"], default);
        var said = Wav.Read(bench["voice.wav"]);
        Assert.NotEqual(48_000, said.SampleRateHz);

        var told = await Loudness.Measure(bench["voice.wav"], default);

        Assert.Equal(told.IntegratedLufs, Of(said).IntegratedLufs, 0.15);
    }

    static Measured Of(Sound sound)
    {
        var meter = new LoudnessMeter(sound.SampleRateHz);
        meter.Add(sound.Samples);
        return meter.Measured;
    }

    public void Dispose() => bench.Dispose();
}
