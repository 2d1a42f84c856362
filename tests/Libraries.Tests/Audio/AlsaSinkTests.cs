namespace Loa.Audio;

public sealed class AlsaSinkTests
{
    static readonly TimeSpan latency = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void Sound_goes_in_and_the_card_can_be_stopped_and_used_again()
    {
        using var sink = new AlsaSink("null", 48_000, 1, latency);
        sink.Write(new short[48_000]);
        sink.Drain();
        sink.Write(new short[960]);
        sink.Drop();
        sink.Write(new short[960]);
        Assert.Equal(0, sink.Gaps);
        Assert.InRange(sink.Delay, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Writing_makes_no_garbage()
    {
        using var sink = new AlsaSink("null", 48_000, 2, latency);
        var pcm = new short[1920];
        sink.Write(pcm);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            sink.Write(pcm);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_card_that_is_not_there_is_an_error_with_its_name()
    {
        var error = Assert.Throws<AlsaException>(() => new AlsaSink("hw:77", 48_000, 1, latency));
        Assert.Equal("hw:77", error.Device);
        Assert.Contains("open", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sound_that_no_card_takes_is_refused() =>
        Assert.Throws<AlsaException>(() => new AlsaSink("null", 48_000, 0, latency));
}
