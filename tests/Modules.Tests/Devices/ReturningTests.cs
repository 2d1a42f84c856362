using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Devices.Reports;
using Loa.Kernel;
using Loa.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Loa.Devices;

/// <summary>After a start the door does not wait until a whole province is known to be on its way back.</summary>
public sealed class ReturningTests(DeviceServer server) : IClassFixture<DeviceServer>
{
    // More than are turned in front of the door.
    const int Province = 1_200;

    [Fact]
    public async Task Who_comes_while_a_province_is_turned_to_returning_is_here_and_the_others_return()
    {
        await using var speaker = await server.Connected();
        await server.Db(db => History.EnrolAll(db, Province));
        await server.Db(db =>
            db.Speakers.Where(s => s.State == SpeakerStates.Enrolled)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Presence, Presence.Online))
        );

        await server.Restart();
        await speaker.Introduce(server.Anyone);
        await speaker.Connect();
        await RunningServer.Until(
            async () => await Count(Presence.Returning) == Province && (await server.Find(speaker.Id)).IsOnline,
            "all but the one that came are on their way back"
        );
        Assert.Equal(0, await SignalsOf(speaker.Id, "offline"));

        // Nothing is said of those that are here when the others are given up.
        await server.Running.Services.GetRequiredService<ReturningSpeakers>().GiveUp(CancellationToken.None);
        Assert.Equal(Province, await Count(Presence.Offline));
        await OneNoticeSaysSo();
        Assert.True((await server.Find(speaker.Id)).IsOnline);
        Assert.Equal(0, await SignalsOf(speaker.Id, "offline"));
    }

    async Task OneNoticeSaysSo()
    {
        await server.Running.Services.GetRequiredService<TellSilence>().Tell(CancellationToken.None);
        await RunningServer.Until(
            async () =>
                (await NoticesTests.All(server.Technician, "?show=unread")).FindAll(n =>
                    n.GetProperty("icon").GetString() == SilenceNotices.Offline.Icon
                )
                    is [var one]
                && one.GetProperty("text").GetString()!.StartsWith($"{Province} ", StringComparison.Ordinal),
            "the province's technician is told of all by one notice"
        );
    }

    [Fact]
    public async Task A_database_that_refuses_to_turn_them_stops_no_server()
    {
        // A province that is here already would be in the other's way.
        await using var own = new DeviceServer();
        await own.InitializeAsync();
        await own.Db(db => History.EnrolAll(db, Province));
        await own.Db(db =>
            db.Speakers.Where(s => s.State == SpeakerStates.Enrolled)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Presence, Presence.Online))
        );
        // Beyond those that are turned in front of the door.
        var last = await own.Db(db =>
            db.Speakers.Where(s => s.Presence == Presence.Online).OrderByDescending(s => s.Id).FirstAsync()
        );
        await own.Db(db => Refuse(db, last.Serial));

        await own.Restart();
        await RunningServer.Until(
            () =>
                Task.FromResult(
                    own.Running.Said.All.Any(l =>
                        l.Category.EndsWith(nameof(ReturningSpeakers), StringComparison.Ordinal)
                    )
                ),
            "it was tried and refused"
        );

        var lifetime = own.Running.Services.GetRequiredService<IHostApplicationLifetime>();
        Assert.False(lifetime.ApplicationStopping.IsCancellationRequested);
        using var page = await own.Technician.GetAsync("/speakers");
        Assert.True(page.IsSuccessStatusCode);
        await own.Db(Allow);
    }

    static Task<int> Refuse(DevicesDb db, string serial) =>
        db.Database.ExecuteSqlRawAsync(
            db.Database.IsSqlite()
                ? $"""
                CREATE TRIGGER "Refusing" BEFORE UPDATE ON "Speakers" WHEN OLD."Serial" = '{serial}'
                BEGIN SELECT RAISE(ABORT, 'refused'); END
                """
                : $"""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''refused''; END';
                CREATE TRIGGER "Refusing" BEFORE UPDATE ON "Speakers" FOR EACH ROW
                WHEN (OLD."Serial" = '{serial}') EXECUTE FUNCTION refuse()
                """
        );

    static Task<int> Allow(DevicesDb db) =>
        db.Database.ExecuteSqlRawAsync(
            db.Database.IsSqlite()
                ? """DROP TRIGGER "Refusing" """
                : """DROP TRIGGER "Refusing" ON "Speakers"; DROP FUNCTION refuse()"""
        );

    Task<int> Count(Presence presence) =>
        server.Db(db => db.Speakers.CountAsync(s => s.State == SpeakerStates.Enrolled && s.Presence == presence));

    Task<int> SignalsOf(Guid speaker, string to) =>
        server.Db(db =>
            db.Signals.CountAsync(s => s.SpeakerId == speaker && s.Kind == SignalKind.Presence && s.To == to)
        );
}
