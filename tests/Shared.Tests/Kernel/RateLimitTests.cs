using Microsoft.Extensions.Time.Testing;

namespace Loa.Kernel;

public sealed class RateLimitTests
{
    [Fact]
    public void So_many_at_once_and_so_many_a_second_for_each()
    {
        var clock = new FakeTimeProvider();
        var limit = new RateLimit<string>(burst: 3, perSecond: 2, clock);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => limit.Take("a")));
        Assert.True(limit.Take("b"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => limit.Take("a")));
        Assert.False(limit.Has("a"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => limit.Take("a")));
    }

    [Fact]
    public void Strangers_cannot_fill_its_memory()
    {
        var clock = new FakeTimeProvider();
        var limit = new RateLimit<int>(burst: 2, perSecond: 0.001, clock);
        Assert.True(limit.Take(-1) && limit.Take(-1));
        for (var i = 0; i < 50_000; i++)
            Assert.True(limit.Take(i));
        Assert.False(limit.Take(-1));
    }
}
