using Loa.Air;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Devices;
using Loa.Contracts.Newsroom;
using Loa.Kernel;
using Loa.Playout.AsRun;
using Loa.Playout.Timetables;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class TimetableTests(DeviceServer server)
{
    [Fact]
    public async Task Only_speakers_of_the_units_are_told_and_a_stop_takes_it_out_again()
    {
        await using var here = await server.Connected();
        var unit = (await server.Find(here.Id)).UnitId;
        await using var there = await Elsewhere(unit);
        var air = await server.Air(unit);
        var timetable = await here.HearTimetable(atLeast: 2);
        Assert.Equal(air.Bulletin.ReleaseDigest, timetable.Items.Single(i => i.Broadcast == air.Broadcast).Release);
        await Stored(here, air, (PlayStage.Waiting, null));
        Assert.False(
            await server.Playout(db =>
                db.Plays.AnyAsync(p => p.SpeakerId == there.Id && p.BroadcastId == air.Broadcast)
            )
        );

        await server.StopAir(air, unit);
        var after = await here.HearTimetable(atLeast: timetable.Version + 1);
        Assert.DoesNotContain(after.Items, i => i.Broadcast == air.Broadcast);
        await Stored(here, air, (PlayStage.Stopped, PlayReasons.Withdrawn));
    }

    [Fact]
    public async Task Who_holds_the_version_before_is_told_only_what_changes()
    {
        await using var speaker = await server.Connected();
        var unit = (await server.Find(speaker.Id)).UnitId;
        await server.Air(unit);
        var whole = await speaker.HearTimetable(atLeast: 2);
        await Holds(speaker, whole.Version);

        var second = await server.Air(unit);
        var change = await speaker.HearTimetable(atLeast: whole.Version + 1);
        Assert.Equal(whole.Version, change.Base);
        Assert.Equal([second.Broadcast], change.Items.Select(i => i.Broadcast));
        Assert.Empty(change.Drop!);
        await Holds(speaker, change.Version);

        await server.StopAir(second, unit);
        var without = await speaker.HearTimetable(atLeast: change.Version + 1);
        Assert.Equal((change.Version, 0), (without.Base, without.Items.Count));
        Assert.Equal(change.Items.Select(i => i.Id), without.Drop);

        // It lost what it held: the whole one comes, under the version that stands.
        await speaker.State(timetable: whole.Version);
        var again = await speaker.HearTimetable(atLeast: without.Version);
        Assert.Null(again.Base);
        Assert.Equal(whole.Items, again.Items);
    }

    [Fact]
    public async Task After_many_changes_the_whole_timetable_is_sent()
    {
        await using var speaker = await server.Connected();
        var unit = (await server.Find(speaker.Id)).UnitId;
        await server.Playout(db =>
            db.Timetables.Where(t => t.SpeakerId == speaker.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.Changes, 30))
        );
        await Holds(speaker, await Version(speaker));
        await server.Air(unit);
        Assert.Null((await speaker.HearTimetable(atLeast: 2)).Base);
    }

    [Fact]
    public async Task A_timetable_that_is_full_is_not_refused_and_has_room_for_the_next_order()
    {
        await using var speaker = await server.Connected();
        var unit = (await server.Find(speaker.Id)).UnitId;
        var air = await server.Air(unit);
        var first = await speaker.HearTimetable(atLeast: 2);
        var now = server.Running.Clock.Moment();
        var later = Enumerable.Range(1, Timetable.MostItems + 50).Select(i => now.AddMinutes(11 * i)).ToArray();
        var ordered = await server.Order(air.Bulletin, [unit], later);

        var full = await speaker.HearTimetable(atLeast: first.Version + 1);
        Assert.Equal(Timetable.MostItems, full.Items.Count);
        Assert.Equal(later[Timetable.MostItems - 1], full.To);
        Assert.DoesNotContain(full.Items, item => item.Start >= full.To);

        var next = await server.Air(unit);
        var with = await speaker.HearTimetable(atLeast: full.Version + 1);
        Assert.Contains(with.Items, item => item.Broadcast == next.Broadcast);
        // Nobody after this test should have to plan around them.
        await server.Running.With<BroadcastingDb, int>(async db =>
            await db.Audiences.Where(a => ordered.Contains(a.BroadcastId)).ExecuteDeleteAsync()
            + await db.Cases.Where(c => ordered.Contains(c.Id)).ExecuteDeleteAsync()
        );
    }

    [Fact]
    public void What_presses_has_room_before_what_is_sooner()
    {
        var now = server.Running.Clock.Moment();
        var many = Enumerable.Range(0, Timetable.MostItems + 100).Select(i => Entry(i, AirClass.Ordinary)).ToList();
        var emergency = Entry(900, AirClass.Emergency);
        TimetableEntry[] all = [.. many, emergency];

        var fitting = TimetableCapacity.Of(all);
        Assert.Equal([.. many.Take(Timetable.MostItems - 1), emergency], fitting);
        Assert.Same(fitting, TimetableCapacity.Of(fitting));

        // Longer texts: the message as a whole has an end too.
        var heavy = Enumerable.Range(0, 300).Select(i => Entry(i, AirClass.Ordinary, length: 15_000)).ToList();
        var some = TimetableCapacity.Of(heavy);
        Assert.InRange(some.Count, 150, 299);
        Assert.Equal(heavy.Take(some.Count), some);
        var message = new TimetableMessage(
            new Timetable(Guid.Empty, 1, now, now, now, [.. some.Select(Drafts.Item)]).Sign(Jose.SigningKey.Create()),
            [.. some.Select(e => e.Bulletin.Release)],
            [.. some.SelectMany(e => e.Bulletin.Delegations).Distinct()],
            new string('m', 300)
        );
        Assert.True(TimetableMessage.TryRead(message.ToBytes(), out _));
        // The server's own has room twice, as two roots grant it while one takes the place of the other.
        Assert.Equal(TimetableMessage.MostDelegations - 2, TimetableCapacity.Of([.. many.Select(Signed)]).Count);

        TimetableEntry Entry(int i, AirClass @class, int length = 100)
        {
            var bulletin = new ReleasedBulletin(
                Guid.CreateVersion7(),
                "Thử",
                Guid.Empty,
                @class,
                $"{i:x64}",
                1,
                TimeSpan.FromSeconds(5),
                [],
                now,
                now,
                $"{i}".PadLeft(length, 'r'),
                $"{i:x64}",
                ["one for all"]
            );
            return new(Guid.CreateVersion7(), Guid.Empty, bulletin, now.AddMinutes(i), now.AddMinutes(i), true, "");
        }

        static TimetableEntry Signed(TimetableEntry entry) =>
            entry with
            {
                Bulletin = entry.Bulletin with { Delegations = [entry.Bulletin.Digest] },
            };
    }

    [Fact]
    public async Task What_was_told_and_heard_before_a_crash_does_not_stand_in_the_way_of_the_next_timetable()
    {
        await using var speaker = await server.Connected();
        var air = await server.Air((await server.Find(speaker.Id)).UnitId);
        await speaker.HearTimetable(atLeast: 2);
        await Stored(speaker, air, (PlayStage.Waiting, null));
        // As the crash leaves it: the record is here, the timetable is not.
        await server.Playout(async db =>
        {
            await db
                .Plays.Where(p => p.SpeakerId == speaker.Id)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(p => p.OverAt, server.Running.Clock.Moment().AddSeconds(-1))
                        .SetProperty(p => p.Stage, PlayStage.Heard)
                        .SetProperty(p => p.Decided, true)
                        .SetProperty(p => p.SilentMs, 0)
                );
            return await db.Timetables.Where(t => t.SpeakerId == speaker.Id).ExecuteDeleteAsync();
        });
        var make = server.Running.Services.GetRequiredService<MakeTimetables>();
        await make.For([speaker.Id], CancellationToken.None);
        await Stored(speaker, air, (PlayStage.Heard, null));
        Assert.True(await Version(speaker) > 0);
    }

    [Fact]
    public async Task The_same_plan_makes_no_new_version()
    {
        await using var speaker = await server.Connected();
        var make = server.Running.Services.GetRequiredService<MakeTimetables>();
        var before = await Version(speaker);
        await make.For([speaker.Id], CancellationToken.None);
        Assert.Equal(before, await Version(speaker));
    }

    [Fact]
    public async Task A_play_of_which_nothing_was_heard_is_closed_in_the_end()
    {
        await using var speaker = await server.Connected();
        var air = await server.Air((await server.Find(speaker.Id)).UnitId);
        await speaker.HearTimetable(atLeast: 2);
        await Stored(speaker, air, (PlayStage.Waiting, null));
        await server.Playout(db =>
            db.Plays.Where(p => p.BroadcastId == air.Broadcast)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(p => p.OverAt, server.Running.Clock.GetUtcNow().AddMinutes(-5))
                )
        );
        await server.Running.Services.GetRequiredService<CloseSilentPlays>().Close(CancellationToken.None);
        var play = await server.Playout(db => db.Plays.SingleAsync(p => p.BroadcastId == air.Broadcast));
        Assert.Equal((PlayStage.Failed, PlayReasons.Unreported), (play.Stage, play.Reason));
    }

    async Task<BenchSpeaker> Elsewhere(Guid unit)
    {
        while (true)
        {
            var speaker = await server.Connected();
            if ((await server.Find(speaker.Id)).UnitId != unit)
                return speaker;
            await speaker.DisposeAsync();
        }
    }

    // Told first, stored after.
    async Task Stored(BenchSpeaker speaker, DeviceServer.OnAir air, (PlayStage, string?) stands) =>
        await RunningServer.Until(
            () =>
                server.Playout(async db =>
                    await db
                        .Plays.AsNoTracking()
                        .SingleOrDefaultAsync(p => p.SpeakerId == speaker.Id && p.BroadcastId == air.Broadcast)
                        is { } play
                    && (play.Stage, play.Reason) == stands
                ),
            $"the play is stored as {stands}"
        );

    async Task Holds(BenchSpeaker speaker, long version)
    {
        await speaker.State(timetable: version);
        await RunningServer.Until(
            async () => (await server.Find(speaker.Id)).TimetableHeld == version,
            "the server knows what the speaker holds"
        );
    }

    Task<long> Version(BenchSpeaker speaker) =>
        server.Playout(db => db.Timetables.Where(t => t.SpeakerId == speaker.Id).Select(t => t.Version).SingleAsync());
}
