using Loa.Air;
using Loa.Jose;
using Loa.Speaker.Controls;
using Loa.Speaker.InABox;
using Loa.Speaker.Messages;
using Loa.Speaker.Records;
using Loa.Speaker.Store;
using Loa.Speaker.Timing;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Schedule;

/// <summary>The parts of a speaker that take a timetable, on a disk whose power can be cut, and a server to feed them.</summary>
sealed class Bench
{
    const int Releases = 12;

    readonly SigningKey root = SigningKey.Create();
    readonly SigningKey own = SigningKey.Create();
    readonly SigningKey officer = SigningKey.Create();
    readonly Guid unit = InABox.Some.Id("unit");
    readonly Identity identity = new(InABox.Some.Id("speaker"), "tinh.test", "localhost:1");
    readonly TimeProvider clock = TimeProvider.System;
    readonly string[] releases;
    readonly List<string> delegations = [];
    SigningKey server = SigningKey.Create();

    /// <param name="approved">How the releases are spelled that it orders.</param>
    public Bench(Func<string, string>? approved = null)
    {
        delegations.Add(Delegation(server, AirKind.Timetable));
        delegations.Add(Delegation(officer, AirKind.Release));
        releases = [.. Enumerable.Range(0, Releases).Select(Release).Select(approved ?? (text => text))];
    }

    DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    public Held Start(PowerCutDisk disk)
    {
        var journal = new Journal(disk);
        if (journal.Text(JournalKeys.Placement) is null)
            journal.Commit(
                new WriteBatch().Put(
                    JournalKeys.Placement,
                    new Placement(InABox.Some.Id("place"), identity.Speaker, own.KeyId, 1, [unit], Now).Sign(root)
                )
            );
        var signal = new Wakeup(clock);
        var log = new EventLog(clock, "TEST", null);
        var guard = new Guard(journal, root.Public, identity, own.KeyId, clock);
        var reports = new ReportQueue(signal, clock);
        var records = new RecordStore(journal, own, identity.Speaker, signal, clock);
        var items = new ItemStore(journal, records, reports, identity.Speaker, clock, log);
        var told = new AirClock(clock);
        told.Correct(TimeSpan.Zero, TimeSpan.Zero, told.Skew);
        var interlock = new Interlock(new Pause(journal, clock), new Amplifier(journal, _ => { }), told);
        var queue = new PlayQueue(signal, signal, interlock, clock);
        var held = new HeldTimetable(journal);
        var inForce = new PutInForce(guard, held, queue, items, reports, clock, log);
        var take = new TakeTimetable(guard, held, inForce, items, records, reports, log);
        take.Restore();
        return new Held(disk, journal, guard, reports, records, queue, take);
    }

    public Timetable Some(Random random, int items) =>
        new(
            identity.Speaker,
            random.Next(1, 100),
            Now,
            Now.AddHours(-1),
            Now.AddDays(7),
            [.. Enumerable.Range(0, items).Select(_ => Item(random))],
            Volumes: [new HourVolume(0, 30), new HourVolume(300, 90)],
            Filler: [Jws.Digest(releases[0])]
        );

    /// <summary>Some items are gone, some different, some new; hours and filler may be others.</summary>
    public Timetable Changed(Random random, Timetable before)
    {
        var items = before
            .Items.Where(_ => random.Next(5) > 0)
            .Select(item => random.Next(4) > 0 ? item : item with { Until = item.Until.AddMinutes(1) })
            .Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Item(random)));
        return before with
        {
            Version = before.Version + random.Next(1, 4),
            At = Now,
            To = before.To.AddHours(1),
            Items = [.. items],
            Volumes = random.Next(3) > 0 ? before.Volumes : [new HourVolume(random.Next(1440), random.Next(101))],
            Filler = random.Next(3) > 0 ? before.Filler : [Jws.Digest(releases[random.Next(Releases)])],
        };
    }

    public TimetableMessage Whole(Timetable timetable) => Message(timetable, timetable.Items, timetable.Filler);

    public TimetableMessage Change(Timetable before, Timetable after)
    {
        var held = before.Items.ToDictionary(item => item.Id);
        var items = after.Items.Where(item => held.GetValueOrDefault(item.Id) != item).ToList();
        var change = after with
        {
            Base = before.Version,
            Items = items,
            Drop = [.. held.Keys.Except(after.Items.Select(item => item.Id))],
            Volumes = ReferenceEquals(before.Volumes, after.Volumes) ? null : after.Volumes,
            Filler = ReferenceEquals(before.Filler, after.Filler) ? null : after.Filler,
        };
        return Message(change, items, change.Filler);
    }

    public void RevokeServer(Held speaker)
    {
        Assert.Null(speaker.Guard.Revoke(new Revocations(1, Now, [server.KeyId], []).Sign(root)));
        speaker.Take.Reconsider();
    }

    public void NewServerKey(Held speaker)
    {
        server = SigningKey.Create();
        delegations.Add(Delegation(server, AirKind.Timetable));
        speaker.Guard.Learn(delegations);
    }

    TimetableMessage Message(Timetable timetable, IEnumerable<TimetableItem> items, IReadOnlyList<string>? filler)
    {
        var named = items.Select(item => item.Release).Concat(filler ?? []).ToHashSet();
        return new(timetable.Sign(server), [.. releases.Where(text => named.Contains(Jws.Digest(text)))], delegations);
    }

    TimetableItem Item(Random random)
    {
        var start = Now.AddMinutes(random.Next(60, 10_000));
        return new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Jws.Digest(releases[random.Next(Releases)]),
            AirClass.Ordinary,
            start,
            start.AddMinutes(10)
        );
    }

    string Release(int number) =>
        new Release(
            InABox.Some.Id($"release {number}"),
            InABox.Some.Id($"bulletin {number}"),
            $"{number}",
            new string('a', 64),
            1000,
            TimeSpan.FromSeconds(10),
            AirClass.Ordinary,
            [unit],
            Now.AddDays(-1),
            Now.AddDays(30)
        ).Sign(officer);

    string Delegation(SigningKey key, AirKind kind) =>
        new Delegation(
            Guid.CreateVersion7(),
            key.KeyId,
            key.Public.Jwk,
            "Người ký",
            [kind],
            [AirClass.Ordinary],
            [unit],
            Now.AddDays(-1),
            Now.AddDays(30)
        ).Sign(root);
}

/// <summary>One start of those parts.</summary>
sealed record Held(
    PowerCutDisk Disk,
    Journal Journal,
    Guard Guard,
    ReportQueue ReportQueue,
    RecordStore Records,
    PlayQueue PlayQueue,
    TakeTimetable Take
);
