using Loa.Air;
using Loa.Kernel;
using Loa.Playout.Timetables;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Loa.Devices;

/// <summary>A board with little memory, on a server of its own: its week goes by in a minute.</summary>
public sealed class SmallMessagesTests
{
    const int Packet = 16 * 1024;
    const int Items = 150;

    // Each comes often enough that a day does not fit into one message.
    static readonly TimeSpan apart = TimeSpan.FromDays(6) / Items;

    readonly Dictionary<Guid, TimetableItem> held = [];
    long version;

    [Fact]
    public async Task A_speaker_that_takes_only_16_KiB_is_served_and_plays_a_week()
    {
        await using var server = new DeviceServer();
        await server.InitializeAsync();
        await using var speaker = await server.Enrolled();
        speaker.LargestPacket = Packet;
        await speaker.Connect();
        await speaker.State();
        var unit = (await server.Find(speaker.Id)).UnitId;
        var clock = server.Running.Clock;
        var air = await server.Air(unit);
        await Take(speaker, air.Broadcast);
        DateTimeOffset[] starts = [.. Enumerable.Range(1, Items).Select(i => clock.Moment() + apart * i)];
        var ordered = await server.Order(air.Bulletin, [unit], starts);
        await Take(speaker, ordered[0]);
        Assert.InRange(held.Count, 10, Items / 2);

        var renew = server.Running.Services.GetServices<IHostedService>().OfType<RenewTimetables>().Single();
        for (var next = 0; next < Items; next++)
        {
            if (held.Values.All(item => item.Broadcast != ordered[next]))
            {
                // Told first, stored after.
                await RunningServer.Until(
                    () =>
                        server.Playout(db =>
                            db.Timetables.AnyAsync(t => t.SpeakerId == speaker.Id && t.Version == version)
                        ),
                    "what was told is stored"
                );
                // Half an hour before it is due at the latest there is room for it.
                clock.Advance(starts[next].AddMinutes(-29) - clock.GetUtcNow());
                await renew.Renew(clock.Moment().AddMinutes(30), CancellationToken.None);
                await Take(speaker, ordered[next]);
            }
            Assert.Contains(held.Values, item => item.Broadcast == ordered[next] && item.Start >= clock.Moment());
        }
    }

    /// <summary>Joins what comes to what it holds, until a broadcast is among it.</summary>
    async Task Take(BenchSpeaker speaker, Guid broadcast)
    {
        do
        {
            var message = await speaker.Hear<TimetableMessage>(AirTopic.InTimetable);
            Assert.InRange(message.ToBytes().Length, 1, Packet);
            Assert.True(Timetable.TryRead(message.Timetable, out var read, out _));
            var timetable = read.Document;
            if (timetable.Version <= version)
                continue;
            if (timetable.Base is { } known)
                Assert.Equal(version, known);
            else
                held.Clear();
            foreach (var gone in timetable.Drop ?? [])
                held.Remove(gone);
            foreach (var item in timetable.Items)
                held[item.Id] = item;
            version = timetable.Version;
            await speaker.State(timetable: version);
        } while (held.Values.All(item => item.Broadcast != broadcast));
    }
}
