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
}
