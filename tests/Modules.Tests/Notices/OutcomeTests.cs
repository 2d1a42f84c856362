using Loa.Air;
using Loa.Contracts.Devices;
using Loa.Devices;
using Loa.Devices.Health;
using Loa.Kernel;
using Loa.Notices.Data;
using Loa.Notices.Raised;
using Microsoft.EntityFrameworkCore;

namespace Loa.Notices;

/// <summary>What became of a bulletin on the air is told to its author; speakers that fall silent to the technicians of their units.</summary>
[Collection(nameof(DeviceServer))]
public sealed class OutcomeTests(DeviceServer server)
{
    [Fact]
    public async Task The_author_learns_that_all_have_played_it()
    {
        await using var speaker = await server.Connected();
        var air = await server.Air((await server.Find(speaker.Id)).UnitId);
        var item = (await speaker.HearTimetable(atLeast: 2)).Items.Single(i => i.Broadcast == air.Broadcast);
        await speaker.SendRecord(
            speaker.Record(
                AirRecord.Play(
                    speaker.Id,
                    TimeProvider.System.GetUtcNow(),
                    item,
                    PlayOutcome.Played,
                    start: item.Start,
                    end: item.Start.AddSeconds(5)
                )
            )
        );
        var told = await Told(air.Broadcast, "bulletin-played");
        Assert.Equal((air.Bulletin.Title, "1/1"), (told.Title, told.Detail));
        Assert.NotNull(told.OnlyFor);
    }

    [Fact]
    public async Task Who_ordered_it_and_the_technicians_learn_that_many_did_not_play_it_until_it_goes_well_again()
    {
        await using var speaker = await server.Connected();
        await using var silent = await server.Connected();
        var unit = (await server.Find(speaker.Id)).UnitId;
        var air = await server.Air(unit, (await server.Find(silent.Id)).UnitId);
        await Play(speaker, air, PlayOutcome.Played);
        await Play(silent, air, PlayOutcome.Failed);
        var missed = await Told(air.Broadcast, "broadcast-missed");
        Assert.NotNull(missed.OnlyFor);
        var about = NamedId.Of($"speakers-missed {missed.UnitId}");
        var waits = await Told(about, "speakers-missed");
        Assert.Equal(
            (missed.Detail, $"/broadcasts/{air.Broadcast}", true),
            (waits.Detail, waits.Link, waits.AtUnitOnly)
        );
    }

    [Fact]
    public async Task The_author_learns_that_it_was_stopped_and_of_nothing_else()
    {
        await using var speaker = await server.Connected();
        var unit = (await server.Find(speaker.Id)).UnitId;
        var air = await server.Air(unit);
        await speaker.HearTimetable(atLeast: 2);
        await server.StopAir(air, unit);
        Assert.NotNull((await Told(air.Broadcast, "bulletin-stopped")).OnlyFor);
        Assert.Equal(
            1,
            await server.Running.With<NoticesDb, int>(db => db.Notices.CountAsync(n => n.About == air.Broadcast))
        );
    }

    [Fact]
    public async Task Technicians_learn_of_a_silent_speaker_each_by_one_notice_and_that_it_is_back()
    {
        await using var speaker = await server.Connected();
        var unit = (await server.Find(speaker.Id)).UnitId;
        await speaker.DisposeAsync();
        var about = NamedId.Of($"{SilenceNotices.Offline.Name} {unit}");
        var told = await Told(about, SilenceNotices.Offline.Name);
        Assert.Equal((unit, "1", true), (told.UnitId, told.Detail, told.AtUnitOnly));
        Assert.Single(
            await NoticesTests.All(server.Technician, "?show=unread"),
            n => n.GetProperty("icon").GetString() == SilenceNotices.Offline.Icon
        );

        await speaker.Connect();
        await RunningServer.Until(
            () =>
                server.Running.With<NoticesDb, bool>(db =>
                    db.Notices.AllAsync(n => n.About != about || n.EndedAt != null || n.Kind == "settled")
                ),
            "it waits for nobody"
        );
    }

    static async Task Play(BenchSpeaker speaker, DeviceServer.OnAir air, PlayOutcome outcome)
    {
        var item = (await speaker.HearTimetable(atLeast: 2)).Items.Single(i => i.Broadcast == air.Broadcast);
        var now = TimeProvider.System.GetUtcNow();
        var record = AirRecord.Play(speaker.Id, now, item, outcome, start: item.Start, end: item.Start.AddSeconds(5));
        await speaker.SendRecord(speaker.Record(record));
    }

    async Task<Notice> Told(Guid about, string kind)
    {
        Notice? told = null;
        await RunningServer.Until(
            async () =>
                (
                    told = await server.Running.With<NoticesDb, Notice?>(db =>
                        db.Notices.AsNoTracking().FirstOrDefaultAsync(n => n.About == about && n.Kind == kind)
                    )
                )
                    is not null,
            kind
        );
        return told!;
    }
}
