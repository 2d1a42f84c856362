using System.Diagnostics;

namespace Loa.Audio;

public sealed class CorrelationTests
{
    static readonly TimeSpan window = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12_347)]
    [InlineData(95_999)]
    public void A_source_is_found_to_the_sample_where_it_begins(int delay)
    {
        var source = Some.Noise(5);
        var recording = new Sound([.. new float[delay], .. source.Samples, .. new float[10_000]], 48_000);
        var match = Correlation.Best(source, recording, window);
        Assert.Equal(1, match.Coefficient, 4);
        Assert.Equal(delay, Math.Round(match.Lag.TotalSeconds * 48_000));
    }

    [Fact]
    public void A_recording_that_began_late_has_a_negative_lag_and_lacks_its_beginning()
    {
        var source = Some.Noise(5);
        var match = Correlation.Best(source, source with { Samples = source.Samples[48_000..] }, window);
        Assert.Equal(-1, match.Lag.TotalSeconds, 6);
        Assert.Equal(Math.Sqrt(0.8), match.Coefficient, 2);
    }

    [Fact]
    public void Half_of_the_source_is_no_proof()
    {
        var source = Some.Noise(4);
        var half = source with { Samples = source.Samples[..96_000] };
        Assert.InRange(Correlation.Best(source, half, window).Coefficient, 0.6, 0.8);
    }

    [Fact]
    public void Loudness_does_not_matter_and_noise_does()
    {
        var source = Some.Noise(3, seed: 1);
        var other = Some.Noise(3, seed: 2);
        var louder = source with { Samples = [.. source.Samples.Select(sample => 3 * sample)] };
        var mixed = source with { Samples = [.. source.Samples.Zip(other.Samples, (a, b) => a + b)] };
        Assert.Equal(1, Correlation.Best(source, louder, window).Coefficient, 4);
        Assert.InRange(Correlation.Best(source, mixed, window).Coefficient, 0.65, 0.76);
        Assert.True(Correlation.Best(source, other, window).Coefficient < 0.05);
    }

    [Fact]
    public void Silence_and_nothing_match_nothing()
    {
        var source = Some.Noise(1);
        Assert.Equal(0, Correlation.Best(source, new Sound(new float[48_000], 48_000), window).Coefficient);
        Assert.Equal(0, Correlation.Best(source, new Sound([], 48_000), window).Coefficient);
        Assert.Equal(0, Correlation.Best(new Sound([], 48_000), source, window).Coefficient);
    }

    [Fact]
    public void A_minute_is_compared_in_a_few_seconds()
    {
        var source = Some.Noise(60);
        var recording = new Sound([.. new float[50_000], .. source.Samples], 48_000);
        var watch = Stopwatch.StartNew();
        var match = Correlation.Best(source, recording, TimeSpan.FromSeconds(5));
        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.Elapsed}");
        Assert.Equal(1, match.Coefficient, 4);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }
}
