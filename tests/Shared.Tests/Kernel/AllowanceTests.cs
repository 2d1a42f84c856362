using Microsoft.Extensions.Time.Testing;

namespace Loa.Kernel;

public sealed class AllowanceTests
{
    [Fact]
    public void So_many_at_once_and_so_many_a_second_for_each()
    {
        var clock = new FakeTimeProvider();
        var allowance = new Allowance<string>(burst: 3, perSecond: 2, clock);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => allowance.Take("a")));
        Assert.True(allowance.Take("b"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => allowance.Take("a")));
        Assert.False(allowance.Has("a"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => allowance.Take("a")));
    }

    [Fact]
    public void Strangers_cannot_fill_its_memory()
    {
        var clock = new FakeTimeProvider();
        var allowance = new Allowance<int>(burst: 2, perSecond: 0.001, clock);
        Assert.True(allowance.Take(-1) && allowance.Take(-1));
        for (var i = 0; i < 50_000; i++)
            Assert.True(allowance.Take(i));
        Assert.False(allowance.Take(-1));
    }
}
