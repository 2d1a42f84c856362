namespace Loa.Speaker;

public sealed class PartsTests
{
    [Fact]
    public async Task Parts_end_in_the_reverse_order_of_their_making_and_what_is_lent_does_not()
    {
        var ended = new List<string>();
        var lent = new Lent(ended);
        await using (var parts = new Parts())
        {
            parts.Lend(lent);
            parts.Add(new First(ended));
            parts.Add(new Second(ended));
        }

        Assert.Equal(["second", "first"], ended);
    }

    [Fact]
    public async Task A_part_that_is_used_before_it_is_added_is_named()
    {
        await using var parts = new Parts();

        Assert.Null(parts.Find<First>());
        Assert.Contains(nameof(First), Assert.Throws<InvalidOperationException>(parts.Get<First>).Message);
    }

    [Fact]
    public async Task Nothing_runs_before_all_is_restored_in_the_order_of_adding()
    {
        var happened = new List<string>();
        await using var parts = new Parts();
        parts.Loop(_ => Happens("runs"));
        parts.AtStart(() => happened.Add("one"));
        parts.AtStart(() => happened.Add("two"));

        await Task.WhenAll(parts.Run(CancellationToken.None));

        Assert.Equal(["one", "two", "runs"], happened);

        Task Happens(string what)
        {
            happened.Add(what);
            return Task.CompletedTask;
        }
    }

    sealed class First(List<string> ended) : IDisposable
    {
        public void Dispose() => ended.Add("first");
    }

    sealed class Second(List<string> ended) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            ended.Add("second");
            return ValueTask.CompletedTask;
        }
    }

    sealed class Lent(List<string> ended) : IDisposable
    {
        public void Dispose() => ended.Add("lent");
    }
}
