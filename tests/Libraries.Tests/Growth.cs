namespace Loa;

/// <summary>What takes n takes 4n for 4n: how a reader of a stranger's bytes is measured.</summary>
static class Growth
{
    // Twice as dear as proportional is still proportional on a busy machine; a square would be sixteen times.
    const double Most = 2;

    public static void IsProportional(string reader, int start, Action<int> read)
    {
        read(start);
        read(start * 4);

        var (one, four) = (Memory(read, start), Memory(read, start * 4));
        Assert.True(four <= 4 * Most * one + 1_000_000, $"{reader}: {one:N0} bytes for n, {four:N0} for 4n");
        // Time is looked at only where it is long enough to be one: a square of this size takes many times as long.
        var (brief, lengthy) = (Time(read, start), Time(read, start * 4));
        Assert.True(
            lengthy <= 4 * Most * brief + TimeSpan.FromMilliseconds(30),
            $"{reader}: {brief.TotalMilliseconds:0.0} ms for n, {lengthy.TotalMilliseconds:0.0} for 4n"
        );
    }

    static long Memory(Action<int> read, int n)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        read(n);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // The least of some: what the machine does beside can only lengthen it.
    static TimeSpan Time(Action<int> read, int n) =>
        Enumerable
            .Range(0, 5)
            .Select(_ =>
            {
                var begun = TimeProvider.System.GetTimestamp();
                read(n);
                return TimeProvider.System.GetElapsedTime(begun);
            })
            .Min();
}
