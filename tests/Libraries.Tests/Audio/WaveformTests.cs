namespace Loa.Audio;

public sealed class WaveformTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(48_000)]
    [InlineData(3_000_000)]
    public void The_drawing_rises_where_the_sound_does(int length)
    {
        var sound = new Sound(new float[length], 48_000);
        sound.Samples.AsSpan(length / 2).Fill(-0.5f);
        var peaks = Waveform.Peaks(sound, 10);
        Assert.Equal(10, peaks.Length);
        Assert.Equal(0.5f, peaks[9]);
        Assert.Equal(0.5f, peaks[6]);
        if (length >= 1_000)
            Assert.Equal([0, 0, 0, 0], peaks[..4]);
    }

    [Fact]
    public void Sound_that_comes_in_pieces_is_drawn_like_the_whole()
    {
        var noise = Some.Noise(20, level: 1.5f);
        var waveform = new Waveform();
        foreach (var piece in noise.Samples.Chunk(777))
            waveform.Add(piece);
        var peaks = waveform.Peaks(200);
        Assert.Equal(Waveform.Peaks(noise, 200), peaks);
        Assert.All(peaks, peak => Assert.InRange(peak, 0.5f, 1f));
    }

    [Fact]
    public void The_loudest_negative_sample_counts_as_full()
    {
        var waveform = new Waveform();
        waveform.Add([short.MinValue]);
        Assert.Equal([1f, 1f], waveform.Peaks(2));
    }

    [Fact]
    public void Nothing_is_a_flat_line() => Assert.Equal([0, 0, 0], new Waveform().Peaks(3));
}
