using System.Diagnostics;
using System.Security.Cryptography;
using Loa.Air;
using Loa.Jose;
using Loa.Speaker.InABox;
using Loa.Speaker.Store;

namespace Loa.Speaker.Schedule;

/// <summary>Days pass, the network does not come, and the timetable is kept.</summary>
public sealed class WeekTests(ITestOutputHelper output)
{
    // A Monday, 05:00 in Việt Nam.
    static readonly DateTimeOffset monday = new(2026, 11, 15, 22, 0, 0, TimeSpan.Zero);

    readonly HeldMachine machine = new(monday) { DriftPpm = -20 };
    readonly Owner owner = new(monday);
    readonly PowerCutDisk disk = new(Leaves.Everything);

    [Fact]
    public void Seven_days_without_a_network_and_one_power_cut_and_nothing_is_missed()
    {
        var (hut, releases, items) = Week(TimeSpan.FromMinutes(42));
        machine.CalendarOff = TimeSpan.FromSeconds(40);
        Drive.Until(hut, machine, monday.AddDays(3.5));
        var half = hut.Written.Count;
        // The power is gone for two minutes between two items.
        machine.Advance(TimeSpan.FromMinutes(2));
        machine.CalendarOff = default;
        hut = new Hut(owner, machine, disk, isHeard: false);
        Drive.Until(hut, machine, monday.AddDays(7.1));

        var records = hut.Written;
        var late = records
            .Select(record => (record.Late - record.Offset)!.Value.Duration().TotalMilliseconds)
            .Order()
            .ToArray();
        output.WriteLine(
            $"{items.Count} items, {half} before the cut; start error p99 {late[late.Length * 99 / 100]} ms, most {late[^1]} ms"
        );
        Assert.Equal(items.Select(item => item.Id).Order(), records.Select(record => record.Item!.Value).Order());
        Assert.All(records, record => Assert.Equal(PlayOutcome.Played, record.Outcome));
        Assert.InRange(late[^1], 0, 5);
        Assert.NotEmpty(releases);
    }

    [Fact]
    public void A_full_timetable_is_no_burden()
    {
        var (hut, release, _) = One();
        Assert.True(Release.TryRead(release, out var signed, out _));
        var items = Enumerable.Range(0, Timetable.MostItems).Select(i => Item(release, monday.AddMinutes(5 * i)));
        hut.PlayQueue.Replace([.. items.Select(item => new RecordedEntry(item, signed!, ItemNote.Of(item, monday)))]);
        var calls = 0;
        var began = Stopwatch.GetTimestamp();
        for (; calls < 2000; calls++)
        {
            hut.PlayQueue.Quiet(machine.True.AddSeconds(calls), TimeSpan.FromSeconds(1));
            hut.PlayQueue.Pick(machine.True.AddSeconds(calls), machine.True.AddSeconds(calls + 1));
            hut.PlayQueue.Overdue(machine.True);
        }
        var each = Stopwatch.GetElapsedTime(began) / calls;

        output.WriteLine($"{each.TotalMicroseconds:f0} µs for each look at {Timetable.MostItems} items");
        Assert.InRange(each.TotalMilliseconds, 0, 5);
    }

    [Fact]
    public void What_was_missed_is_reported_with_its_reason()
    {
        var (hut, release, second) = One();
        var paused = Item(release, monday.AddMinutes(1));
        var late = Item(release, monday.AddMinutes(-9));
        var silent = Item(owner.Release(64, new string('a', 64), second).Sign(owner.Officer), monday.AddMinutes(3));
        var off = Item(release, monday.AddMinutes(5));
        var missing = owner.Release(64, new string('b', 64), second).Sign(owner.Officer);
        silent = silent with { Release = Jws.Digest(missing) };
        hut.Order([paused, late, silent, off], [release, missing]);
        hut.PlayQueue.Pause(TimeSpan.FromMinutes(2));
        Drive.Until(hut, machine, monday.AddMinutes(4));
        machine.Advance(TimeSpan.FromMinutes(2));
        hut = new Hut(owner, machine, disk, isHeard: false);
        // What seems over after a start is given up when nobody has told the time for a while.
        Drive.Until(hut, machine, monday.AddMinutes(9));

        Assert.Equal("paused", hut.Of(paused).Reason);
        Assert.Equal("late", hut.Of(late).Reason);
        Assert.Equal((Refusal.MediaUnreachable, Fallback.Tone), (hut.Of(silent).Reason, hut.Of(silent).Instead));
        Assert.Equal("power", hut.Of(off).Reason);
        Assert.All(hut.Written, record => Assert.Equal(PlayOutcome.Missed, record.Outcome));
    }

    [Fact]
    public void A_pause_holds_back_all_but_an_emergency_and_ends_by_itself()
    {
        var (hut, release, second) = One();
        var alarm = owner
            .Release(64, hut.PlayQueue.Fillers.Count == 0 ? Digest(1) : "", second, AirClass.Emergency)
            .Sign(owner.Officer);
        var urgent = Item(alarm, monday.AddMinutes(1), AirClass.Emergency);
        var whole = Item(release, monday.AddMinutes(1)) with { Now = true, Until = monday.AddMinutes(9) };
        hut.Order([urgent, whole], [release, alarm]);
        hut.PlayQueue.Pause(TimeSpan.FromMinutes(2));
        Drive.Until(hut, machine, monday.AddMinutes(1.5));

        Assert.Equal(PlayOutcome.Played, hut.Of(urgent).Outcome);
        Assert.NotNull(hut.PlayQueue.PausedUntil);
        Drive.Until(hut, machine, monday.AddMinutes(3));
        var record = hut.Of(whole);
        Assert.Equal(PlayOutcome.Played, record.Outcome);
        Assert.InRange(record.Start!.Value - monday.AddMinutes(2), TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Next_ends_one_item_and_stop_ends_all_that_would_sound_now()
    {
        var (hut, release, _) = One(seconds: 60);
        var items = Enumerable
            .Range(0, 4)
            .Select(i => Item(release, monday) with { Now = true, Until = monday.AddMinutes(9) })
            .ToArray();
        hut.Order(items, [release]);
        Drive.Until(hut, machine, monday.AddSeconds(5));
        Assert.True(hut.PlayQueue.Next());
        Drive.Until(hut, machine, monday.AddSeconds(10));
        Assert.True(hut.PlayQueue.Stop());
        Drive.Until(hut, machine, monday.AddSeconds(15));

        Assert.False(hut.PlayQueue.Stop());
        var reasons = items.Select(item => (hut.Of(item).Outcome, hut.Of(item).Reason)).Order().ToArray();
        Assert.Equal(
            [
                (PlayOutcome.Interrupted, "skipped"),
                (PlayOutcome.Interrupted, "stopped"),
                (PlayOutcome.Missed, "stopped"),
                (PlayOutcome.Missed, "stopped"),
            ],
            reasons.Select(pair => (pair.Outcome!.Value, pair.Reason!))
        );
    }

    [Fact]
    public void At_one_instant_class_comes_first_then_start_then_id()
    {
        var (hut, release, second) = One();
        var pressing = owner.Release(64, Digest(1), second, AirClass.Priority).Sign(owner.Officer);
        var start = monday.AddMinutes(1);
        var items = new[] { Item(release, start), Item(release, start), Item(pressing, start, AirClass.Priority) }
            .Select(item => item with { Now = true, Until = start.AddMinutes(5) })
            .ToArray();
        hut.Order([items[1], items[0], items[2]], [release, pressing]);

        Drive.Until(hut, machine, start.AddMinutes(1));

        var order = items.Take(2).OrderBy(item => item.Id).Prepend(items[2]).Select(item => item.Id);
        Assert.Equal(order, hut.Written.Select(record => record.Item!.Value));
    }

    [Fact]
    public void An_item_across_midnight_is_one_play()
    {
        var (hut, release, _) = One(seconds: 600);
        // 23:55 in Việt Nam.
        var item = Item(release, monday.AddHours(18).AddMinutes(55)) with
        {
            Until = monday.AddHours(20),
        };
        hut.Order([item], [release]);

        Drive.Until(hut, machine, monday.AddHours(20));

        Assert.Equal(PlayOutcome.Played, hut.Of(item).Outcome);
        Assert.Equal(600, (hut.Of(item).End - hut.Of(item).Start)!.Value.TotalSeconds, 0.01);
    }

    [Fact]
    public void While_the_time_is_not_known_only_an_emergency_sounds()
    {
        var known = new Hut(owner, machine, disk, isHeard: false);
        Assert.Equal(Timing.ClockState.Guessed, known.Clock.State);
        var changes = new WriteBatch();
        Timing.Earliest.Note(changes, monday, Timing.Skew.Unknown);
        known.Journal.Commit(changes);
        machine.CalendarOff = TimeSpan.FromDays(-20_000);
        var hut = new Hut(owner, machine, disk, isHeard: false);
        var (release, second) = Sound(hut);
        var alarm = owner.Release(64, Digest(1), second, AirClass.Emergency).Sign(owner.Officer);
        var now = hut.Clock.GetUtcNow();
        var urgent = Item(alarm, now, AirClass.Emergency) with { Now = true, Until = now.AddHours(1) };
        var ordinary = Item(release, now.AddSeconds(5));
        hut.Order([urgent, ordinary], [release, alarm]);
        Drive.For(hut, machine, TimeSpan.FromMinutes(2));

        Assert.Equal(Timing.ClockState.Unknown, hut.Clock.State);
        Assert.Equal(PlayOutcome.Played, hut.Of(urgent).Outcome);
        Assert.Equal((PlayOutcome.Missed, "clock"), (hut.Of(ordinary).Outcome!.Value, hut.Of(ordinary).Reason));
    }

    [Theory]
    // Told: what the calendar made seem due sounds when it is due.
    [InlineData(true)]
    // Nobody tells: after a quarter of a minute the calendar is believed, and what goes on then is entered where it would be.
    [InlineData(false)]
    public void While_the_time_is_only_a_guess_nothing_sounds_too_early(bool isTold)
    {
        machine.CalendarOff = TimeSpan.FromHours(1);
        var hut = new Hut(owner, machine, disk, isHeard: false);
        var (release, _) = Sound(hut, seconds: 300);
        var start = hut.Clock.GetUtcNow();
        var due = Item(release, start.AddSeconds(5)) with { Until = start.AddMinutes(6) };
        hut.Order([due], [release]);
        Drive.For(hut, machine, TimeSpan.FromSeconds(12));
        Assert.Empty(hut.Written);
        Assert.Null(hut.PlayQueue.Playing);

        if (isTold)
            hut.ToldTheTime(TimeSpan.FromHours(-1));
        Drive.For(hut, machine, TimeSpan.FromHours(1.2));

        var record = hut.Of(due);
        var joins = isTold ? TimeSpan.Zero : TimeSpan.FromSeconds(10);
        Assert.Equal(PlayOutcome.Played, record.Outcome);
        var late = record.Start!.Value - due.Start;
        Assert.InRange((late - joins).Duration().TotalMilliseconds, 0, 600);
        Assert.InRange((record.Offset!.Value - late).Duration().TotalMilliseconds, 0, 50);
    }

    (Hut Hut, IReadOnlyList<string> Releases, IReadOnlyList<TimetableItem> Items) Week(TimeSpan every)
    {
        var (hut, release, _) = One(seconds: 45);
        var items = new List<TimetableItem>();
        for (var at = monday.AddMinutes(10); at < monday.AddDays(7); at += every)
            items.Add(Item(release, at) with { Until = at.AddMinutes(2) });
        hut.Order(items, [release]);
        return (hut, [release], items);
    }

    (Hut Hut, string Release, TimeSpan Length) One(double seconds = 1)
    {
        var hut = new Hut(owner, machine, disk, isHeard: false).KnowingTheTime();
        var (release, length) = Sound(hut, seconds);
        return (hut, release, length);
    }

    (string Release, TimeSpan Length) Sound(Hut hut, double seconds = 1)
    {
        hut.Store(Bytes(1), Digest(1));
        var length = TimeSpan.FromSeconds(seconds);
        return (owner.Release(64, Digest(1), length).Sign(owner.Officer), length);
    }

    static byte[] Bytes(byte of) => [.. Enumerable.Repeat(of, 64)];

    static string Digest(byte of) => Convert.ToHexStringLower(SHA256.HashData(Bytes(of)));

    static TimetableItem Item(string release, DateTimeOffset start, AirClass airClass = AirClass.Ordinary) =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), Jws.Digest(release), airClass, start, start.AddSeconds(20));
}
