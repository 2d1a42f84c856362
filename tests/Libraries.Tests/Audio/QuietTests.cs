namespace Loa.Audio;

public sealed class QuietTests
{
    static readonly TimeSpan edge = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.02, 0.5)]
    [InlineData(1, 0.05)]
    public void Around_what_is_said_lies_as_much_silence_as_is_asked_for(double before, double after)
    {
        var said = Some.Tone(0.5).Samples;
        var sound = new Sound(
            [.. new float[(int)(before * 48_000)], .. said, .. new float[(int)(after * 48_000)]],
            48_000
        );

        var trimmed = Quiet.Trim(sound, edge);

        Assert.InRange(trimmed.Duration.TotalSeconds, 0.699, 0.7);
        Assert.True(trimmed.Samples.Take(4_790).All(sample => sample == 0));
        Assert.True(trimmed.Samples.TakeLast(4_790).All(sample => sample == 0));
        Assert.Equal(said.Max(), trimmed.Samples.Max());
    }

    [Fact]
    public void Silence_stays_as_it_is() =>
        Assert.Equal(480, Quiet.Trim(new Sound(new float[480], 48_000), edge).Samples.Length);

    [Theory]
    [InlineData(0.09, 0.09)]
    [InlineData(0.2, 0.15)]
    [InlineData(0.34, 0.204)]
    [InlineData(0.7, 0.42)]
    public void A_long_silence_inside_is_shortened_and_what_is_said_stays(double silence, double heard)
    {
        var said = Some.Noise(0.5).Samples;
        var sound = new Sound([.. said, .. new float[(int)(silence * 48_000)], .. said], 48_000);

        var shorter = Quiet.Shorten(sound, TimeSpan.FromMilliseconds(150), 0.6);

        Assert.Equal(1 + heard, shorter.Duration.TotalSeconds, 0.001);
        Assert.Equal(said, shorter.Samples[..said.Length]);
        Assert.Equal(said, shorter.Samples[^said.Length..]);
    }
}
