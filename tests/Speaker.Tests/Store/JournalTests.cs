namespace Loa.Speaker.Store;

public sealed class JournalTests(ITestOutputHelper output)
{
    const int Batches = 12;

    // So little that the log is written anew several times.
    const long SpareBytes = 60;

    [Theory]
    [InlineData(Leaves.Nothing)]
    [InlineData(Leaves.HalfOfIt)]
    [InlineData(Leaves.Everything)]
    [InlineData(Leaves.Garbage)]
    public void A_power_cut_at_any_byte_loses_nothing_that_was_remembered(Leaves leaves)
    {
        var whole = new PowerCutDisk(leaves);
        Assert.Equal(Batches, Work(whole, 0));

        for (var cut = 0; cut < whole.Steps; cut++)
        {
            var disk = new PowerCutDisk(leaves) { StepsLeft = cut };
            var remembered = Work(disk, 0);
            // The power fails again while it recovers, one step later each time.
            for (var second = 0; ; second++)
            {
                disk = disk.Restart();
                disk.StepsLeft = second;
                if (TryOpen(disk))
                    break;
            }
            disk = disk.Restart();
            var found = Found(disk);
            Assert.InRange(found, remembered, remembered + 1);
            Assert.Equal(Batches, Work(disk, found));
        }
        output.WriteLine($"{leaves}: {whole.Steps} cuts");
    }

    [Fact]
    public void What_was_remembered_is_there_after_a_restart()
    {
        var disk = new Disk(Directory.CreateTempSubdirectory("loa-notes-").FullName);
        using (var journal = new Journal(disk))
            journal.Commit(new WriteBatch().Put("a", "1"));
        using var again = new Journal(disk);
        Assert.Equal("1", again.Text("a"));
        Assert.Equal(0, again.Torn);
    }

    /// <returns>How many batches were acknowledged before the power went.</returns>
    static int Work(PowerCutDisk disk, int from)
    {
        var done = from;
        try
        {
            using var journal = new Journal(disk, SpareBytes);
            for (; done < Batches; done++)
                journal.Commit(Batch(done));
        }
        catch (PowerCutException)
        {
            return done;
        }
        return done;
    }

    // Two keys change together, one grows, one is forgotten.
    static WriteBatch Batch(int n) =>
        new WriteBatch().Put("a", $"{n}").Put("b", $"{n}").Put($"c/{n}", new string('x', n)).Forget($"c/{n - 2}");

    static bool TryOpen(PowerCutDisk disk)
    {
        try
        {
            using var journal = new Journal(disk, SpareBytes);
            return true;
        }
        catch (PowerCutException)
        {
            return false;
        }
    }

    static int Found(PowerCutDisk disk)
    {
        using var journal = new Journal(disk, SpareBytes);
        Assert.Equal(journal.Text("a"), journal.Text("b"));
        if (journal.Text("a") is not { } last)
            return 0;
        var n = int.Parse(last);
        Assert.Equal(Math.Min(n + 1, 2), journal.Keys("c/").Count);
        Assert.Equal(new string('x', n), journal.Text($"c/{n}"));
        return n + 1;
    }
}
