using Loa.Air;
using Loa.Jose;
using Loa.Speaker.InABox;
using Loa.Speaker.Store;

namespace Loa.Speaker.Schedule;

public sealed class TimetableChangeTests(ITestOutputHelper output)
{
    const int Seed = 20261122;

    readonly Bench bench = new();

    [Fact]
    public void Changes_joined_are_the_whole_whatever_happens_in_between()
    {
        var random = new Random(Seed);
        var (taken, restarts) = (0, 0);
        for (var sequence = 0; sequence < 6; sequence++)
        {
            var speaker = bench.Start(new PowerCutDisk(Leaves.Nothing));
            var wanted = bench.Some(random, 1 + (sequence * 10));
            speaker.Take.Run(bench.Whole(wanted));
            for (var change = 0; change < HeldTimetable.MostChanges; change++)
            {
                var next = bench.Changed(random, wanted);
                speaker.Take.Run(bench.Change(wanted, next));
                wanted = next;
                taken++;
                if (random.Next(4) == 0)
                {
                    speaker = bench.Start(speaker.Disk.Restart());
                    restarts++;
                }
                Assert.Equal(wanted.Version, speaker.Take.Version);
                Assert.Equal(
                    wanted.Items.OrderBy(item => item.Id),
                    speaker.Take.InForce!.Items.OrderBy(item => item.Id)
                );
                Assert.Equal(wanted.Volumes, speaker.Take.InForce.Volumes);
                Assert.Equal(wanted.Filler, speaker.Take.InForce.Filler);
                Assert.Equal((wanted.From, wanted.To), (speaker.Take.InForce.From, speaker.Take.InForce.To));
                Assert.Equal(
                    wanted.Items.Select(item => item.Id).Order(),
                    speaker.PlayQueue.Open.Select(entry => entry.Item.Id).Order()
                );
            }
            Assert.Equal(0, speaker.Records.Last);
        }
        output.WriteLine($"{taken} changes, {restarts} restarts");
    }

    [Fact]
    public void What_was_signed_and_noted_before_signatures_had_one_spelling_is_in_force_after_the_update()
    {
        var old = new Bench(Jws.Twin);
        var speaker = old.Start(new PowerCutDisk(Leaves.Nothing));
        var wanted = old.Some(new Random(Seed), 20);
        speaker.Take.Run(old.Whole(wanted));
        Assert.Equal(20, speaker.PlayQueue.Open.Count);
        var noted = new WriteBatch();
        foreach (var key in speaker.Journal.Keys("delegation/"))
            noted.Put(key, Jws.Twin(speaker.Journal.Text(key)!));
        var held = speaker.Journal.Value(JournalKeys.Timetable, AirJson.Default.TimetableMessage)!;
        var twin = held with { Timetable = Jws.Twin(held.Timetable) };
        noted.Put(JournalKeys.Timetable, twin, AirJson.Default.TimetableMessage);
        speaker.Journal.Commit(noted);

        var again = old.Start(speaker.Disk.Restart());

        Assert.Equal(wanted.Version, again.Take.Version);
        Assert.Equal(
            wanted.Items.Select(item => item.Id).Order(),
            again.PlayQueue.Open.Select(entry => entry.Item.Id).Order()
        );
        Assert.Equal(0, again.Records.Last);
    }

    [Fact]
    public void A_power_cut_leaves_the_old_timetable_or_the_new()
    {
        var random = new Random(Seed);
        var before = bench.Some(random, 10);
        var after = bench.Changed(random, before);
        var (whole, change) = (bench.Whole(before), bench.Change(before, after));
        var (old, fresh) = (0, 0);
        for (var cut = 1; cut < 12_000; cut += random.Next(1, 150))
        {
            var speaker = bench.Start(new PowerCutDisk(Leaves.HalfOfIt));
            speaker.Take.Run(whole);
            speaker.Disk.StepsLeft = cut;
            try
            {
                speaker.Take.Run(change);
            }
            catch (PowerCutException)
            {
                // Seen after the restart.
            }
            var again = bench.Start(speaker.Disk.Restart());
            var expected = again.Take.Version == before.Version ? before : after;
            Assert.Equal(
                expected.Items.Select(item => item.Id).Order(),
                again.PlayQueue.Open.Select(entry => entry.Item.Id).Order()
            );
            _ = expected == before ? old++ : fresh++;
        }
        output.WriteLine($"{old} old, {fresh} new");
        Assert.True(old > 10 && fresh > 10);
    }

    [Fact]
    public void A_change_of_what_is_not_held_asks_for_the_whole_without_a_refusal()
    {
        var random = new Random(Seed);
        var first = bench.Some(random, 5);
        var second = bench.Changed(random, first);
        var third = bench.Changed(random, second);
        var speaker = bench.Start(new PowerCutDisk(Leaves.Nothing));
        speaker.Take.Run(bench.Whole(first));
        speaker.ReportQueue.Look();

        var unbased = bench.Change(second, third);
        speaker.Take.Run(unbased);
        Assert.True(speaker.ReportQueue.Look().StateChanged);
        Assert.Equal(0, speaker.Take.Version);
        Assert.Equal(first.Items.Count, speaker.PlayQueue.Open.Count);
        Assert.Equal(0, speaker.Records.Last);
        // A server that sends the same again is not asked for ever.
        speaker.Take.Run(unbased);
        Assert.False(speaker.ReportQueue.Look().StateChanged);

        speaker.Take.Run(bench.Whole(third));
        Assert.Equal(third.Version, speaker.Take.Version);
        Assert.Equal(third.Items.Count, speaker.PlayQueue.Open.Count);
    }

    [Fact]
    public void So_many_changes_and_then_the_whole()
    {
        var random = new Random(Seed);
        var wanted = bench.Some(random, 5);
        var speaker = bench.Start(new PowerCutDisk(Leaves.Nothing));
        speaker.Take.Run(bench.Whole(wanted));
        for (var change = 0; change <= HeldTimetable.MostChanges; change++)
        {
            var next = bench.Changed(random, wanted);
            speaker.Take.Run(bench.Change(wanted, next));
            wanted = next;
        }
        Assert.Equal(0, speaker.Take.Version);

        speaker.Take.Run(bench.Whole(wanted));

        Assert.Equal(wanted.Version, speaker.Take.Version);
        Assert.Empty(speaker.Journal.Keys("timetable/"));
        Assert.Equal(wanted.Version, bench.Start(speaker.Disk.Restart()).Take.Version);
    }

    [Fact]
    public void A_change_on_what_is_not_believed_any_more_is_not_taken()
    {
        var random = new Random(Seed);
        var first = bench.Some(random, 5);
        var speaker = bench.Start(new PowerCutDisk(Leaves.Nothing));
        speaker.Take.Run(bench.Whole(first));
        bench.RevokeServer(speaker);
        Assert.Empty(speaker.PlayQueue.Open);
        bench.NewServerKey(speaker);

        speaker.Take.Run(bench.Change(first, bench.Changed(random, first)));

        Assert.Empty(speaker.PlayQueue.Open);
        Assert.Equal(0, speaker.Take.Version);
    }
}
