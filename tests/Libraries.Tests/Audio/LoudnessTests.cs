namespace Loa.Audio;

public sealed class LoudnessTests : IDisposable
{
    readonly Workbench bench = new();

    [Theory]
    [InlineData("vi")]
    [InlineData("vi-vn-x-central")]
    [InlineData("vi-vn-x-south")]
    public async Task A_sentence_of_two_seconds_is_heard_as_loud_as_all(string voice)
    {
        var (master, air) = await Some.Bulletin(bench, Some.Sentence, voice);
        var measured = await Level(master);
        Assert.InRange(measured.Duration.TotalSeconds, 1.5, 5);
        await HeardAs(master, air);
    }

    [Fact]
    public async Task A_minute_of_speech_is_heard_as_loud_as_all()
    {
        var (master, air) = await Some.Bulletin(bench, Some.Minute);
        var measured = await Level(master);
        Assert.InRange(measured.Duration.TotalSeconds, 50, 120);
        await HeardAs(master, air);
    }

    [Theory]
    [InlineData(0.002f)]
    [InlineData(0.02f)]
    [InlineData(1f)]
    public async Task Whispers_and_shouts_end_at_the_same_level(float level)
    {
        Some.Save(Some.Noise(3, level: level), bench["a.wav"]);
        await Loudness.Level(bench["a.wav"], bench["b.flac"], default);
        await Level(bench["b.flac"]);
    }

    [Theory]
    [InlineData("pan=stereo|c0=c0|c1=-1*c0")]
    [InlineData("pan=stereo|c0=-0.9*c0|c1=c0")]
    [InlineData("pan=stereo|c0=c0|c1=0*c0")]
    [InlineData("pan=stereo|c0=0*c0|c1=c0")]
    [InlineData("pan=stereo|c0=c0|c1=c0")]
    [InlineData("pan=5.1|c0=0*c0|c1=0*c0|c2=c0|c3=0*c0|c4=0*c0|c5=0*c0")]
    [InlineData("dcshift=0.3")]
    [InlineData("dcshift=-0.25,pan=stereo|c0=c0|c1=-1*c0")]
    public async Task A_recording_is_heard_like_its_one_good_channel(string spoilt)
    {
        Some.Save(Some.Noise(4, level: 0.1f), bench["mono.wav"]);
        await Ffmpeg.Run(
            ["-loglevel", "error", .. Ffmpeg.Input(bench["mono.wav"]), "-af", spoilt, bench["spoilt.wav"]],
            default
        );
        var plain = await Loudness.Level(bench["mono.wav"], bench["a.flac"], default);
        var mended = await Loudness.Level(bench["spoilt.wav"], bench["b.flac"], default);

        Assert.Equal(plain.IntegratedLufs, mended.IntegratedLufs, 0.3);
        Assert.Equal(plain.TruePeakDbtp, mended.TruePeakDbtp, 1.0);
        Assert.True(Wav.Read(bench["spoilt.wav"]).Samples.Max(Math.Abs) > 0.05);
        var (first, second) = (
            await Ffmpeg.Decode(bench["a.flac"], default),
            await Ffmpeg.Decode(bench["b.flac"], default)
        );
        Assert.True(Math.Abs(Correlation.Best(first, second, TimeSpan.Zero).Coefficient) > 0.99);
    }

    [Fact]
    public async Task A_steady_offset_alone_is_silence()
    {
        Some.Save(new Sound([.. Enumerable.Repeat(0.3f, 96_000)], 48_000), bench["a.wav"]);

        var silent = await Assert.ThrowsAsync<LevellingException>(() =>
            Loudness.Level(bench["a.wav"], bench["b.wav"], default)
        );

        Assert.Equal(LevellingFault.Silent, silent.Fault);
    }

    [Fact]
    public async Task Sharp_clicks_in_a_quiet_room_stay_below_the_ceiling()
    {
        var sound = Some.Noise(6, level: 0.01f);
        for (var i = 0; i < sound.Samples.Length; i += 24_000)
            sound.Samples[i] = 0.99f;
        Some.Save(sound, bench["a.wav"]);
        await Loudness.Level(bench["a.wav"], bench["b.wav"], default);
        await Level(bench["b.wav"]);
    }

    [Fact]
    public async Task A_speaker_who_steps_away_from_the_microphone_is_evened_out()
    {
        var (near, far) = (Some.Noise(8, level: 0.3f), Some.Noise(8, seed: 2, level: 0.05f));
        Some.Save(near with { Samples = [.. near.Samples, .. far.Samples] }, bench["a.wav"]);
        await Loudness.Level(bench["a.wav"], bench["b.wav"], default);
        await Level(bench["b.wav"]);
        var drawing = Waveform.Peaks(Wav.Read(bench["b.wav"]), 8);
        Assert.True(drawing[1] / drawing[6] < 4, string.Join(' ', drawing));
    }

    [Fact]
    public async Task The_same_recording_makes_the_same_master_and_nothing_is_left_lying_about()
    {
        await Espeak.Speak(Some.Sentence, "vi", 150, bench["a.wav"], default);
        await Loudness.Level(bench["a.wav"], bench["1.flac"], default);
        await Loudness.Level(bench["a.wav"], bench["2.flac"], default);
        Assert.Equal(await File.ReadAllBytesAsync(bench["1.flac"]), await File.ReadAllBytesAsync(bench["2.flac"]));
        Assert.Equal(["1.flac", "2.flac", "a.wav"], bench.Files.Order());
    }

    [Fact]
    public async Task Silence_is_refused()
    {
        Some.Save(new Sound(new float[96_000], 48_000), bench["a.wav"]);
        var refused = await Assert.ThrowsAsync<LevellingException>(() =>
            Loudness.Level(bench["a.wav"], bench["b.wav"], default)
        );
        Assert.Equal(LevellingFault.Silent, refused.Fault);
        Assert.True((await Loudness.Measure(bench["a.wav"], default)).Silent);
        Assert.False(File.Exists(bench["b.wav"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("This is a letter, not a sound.")]
    public async Task What_is_no_sound_is_refused(string content)
    {
        await File.WriteAllTextAsync(bench["a.wav"], content);
        var refused = await Assert.ThrowsAsync<LevellingException>(() =>
            Loudness.Level(bench["a.wav"], bench["b.wav"], default)
        );
        Assert.Equal(LevellingFault.Unreadable, refused.Fault);
    }

    [Fact]
    public async Task A_sound_without_a_single_sample_is_refused()
    {
        Some.Save(new Sound([], 48_000), bench["a.wav"]);
        await Assert.ThrowsAsync<LevellingException>(() => Loudness.Level(bench["a.wav"], bench["b.wav"], default));
        await Assert.ThrowsAsync<LevellingException>(() => Loudness.Measure(bench["missing.wav"], default));
    }

    public void Dispose() => bench.Dispose();

    static async Task<Measured> Level(string master)
    {
        var measured = await Loudness.Measure(master, default);
        Assert.InRange(measured.IntegratedLufs, -17, -15);
        Assert.True(measured.TruePeakDbtp <= -1.5, $"{measured}");
        return measured;
    }

    // The loudspeaker's own decoder hears the master in the file for the air, at the same loudness.
    async Task HeardAs(string master, string air)
    {
        var heard = Some.Play(await File.ReadAllBytesAsync(air));
        var source = Wav.Read(master);
        Assert.Equal(source.Samples.Length, heard.Samples.Length);
        var match = Correlation.Best(source, heard, TimeSpan.FromMilliseconds(50));
        Assert.True(match.Coefficient >= 0.98, $"{match}");
        Assert.InRange(match.Lag.TotalMilliseconds, -0.1, 0.1);
        var measured = await Loudness.Measure(air, default);
        Assert.InRange(measured.IntegratedLufs, -17, -15);
        TestContext.Current.TestOutputHelper?.WriteLine($"{match} {measured}");
    }
}
