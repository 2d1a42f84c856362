using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Devices.Reports;
using Loa.Kernel;
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
        Assert.True((await server.Find(speaker.Id)).IsOnline);
        Assert.Equal(0, await SignalsOf(speaker.Id, "offline"));
    }

    Task<int> Count(Presence presence) =>
        server.Db(db => db.Speakers.CountAsync(s => s.State == SpeakerStates.Enrolled && s.Presence == presence));

    Task<int> SignalsOf(Guid speaker, string to) =>
        server.Db(db =>
            db.Signals.CountAsync(s => s.SpeakerId == speaker && s.Kind == SignalKind.Presence && s.To == to)
        );
}
