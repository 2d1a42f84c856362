namespace Loa.Kernel;

public sealed class PageStretchTests
{
    [Fact]
    public void Every_page_is_the_same_from_either_end()
    {
        foreach (var total in Enumerable.Range(0, 23))
        {
            int[] all = [.. Enumerable.Range(0, total)];
            for (var skip = 0; skip < 30; skip += 5)
            {
                var stretch = PageStretch.Of(skip, 5, total);
                var list = stretch.FromEnd ? all.Reverse() : all;
                var read = list.Skip(stretch.Skip).Take(stretch.Take).ToList();

                Assert.Equal(all.Skip(skip).Take(5), stretch.Turned(read));
                Assert.InRange(stretch.Skip, 0, total / 2);
            }
        }
    }
}
