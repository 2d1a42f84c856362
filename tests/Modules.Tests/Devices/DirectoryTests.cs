using System.Net;
using Loa.Air;
using Loa.Devices.Commands;
using Loa.Devices.Gateway;
using Loa.Devices.Health;
using Loa.Devices.Plays;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Mqtt.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class DirectoryTests(DeviceServer server)
{
    static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task What_is_said_reaches_a_speaker_on_whichever_node_it_is_and_a_move_is_no_news()
    {
        var directory = (NearDirectory)server.Running.Services.GetRequiredService<IDirectory>();
        await using var far = await Node.Open("far", directory, server);
        await using var speaker = await server.Connected();
        var near = speaker.Mqtt;
        Assert.Equal("gateway", (await Line(directory, speaker))!.Node);
        var before = await server.Find(speaker.Id);

        // It connects to the other node while the line to this one is still up.
        await using var moved = new BenchSpeaker(speaker.Serial)
        {
            Id = speaker.Id,
            Key = speaker.Key,
            Server = speaker.Server,
            Mqtt = $"127.0.0.1:{far.Port}",
        };
        await moved.Connect();
        await speaker.Ended.WaitAsync(TimeSpan.FromSeconds(5));
        var line = (await Line(directory, speaker))!;
        Assert.Equal("far", line.Node);
        await RunningServer.Until(async () => (await server.Find(speaker.Id)).Node == "far", "the move is stored");

        Saying[] sayings = [new(speaker.Id, AirTopic.InAck, new AckMessage(0, "").ToBytes())];
        Assert.Equal([speaker.Id], await directory.Say(sayings, Never));
        await moved.Hear<AckMessage>(AirTopic.InAck);

        // The old node's goodbye comes late: it is about an older line.
        var intake = server.Running.Services.GetRequiredService<Intake>();
        var late = new GoneReport(speaker.Id, server.Running.Clock.GetUtcNow(), new Line("gateway", before.Line));
        await intake.Take(late, Never);
        await late.Stored.WaitAsync(TimeSpan.FromSeconds(5));
        var after = await server.Find(speaker.Id);
        Assert.Equal((Presence.Online, before.PresenceAt), (after.Presence, after.PresenceAt));

        // And back; then a line that breaks where the speaker really is, is news.
        speaker.Mqtt = near;
        await speaker.Connect();
        await moved.Ended.WaitAsync(TimeSpan.FromSeconds(5));
        await RunningServer.Until(async () => (await server.Find(speaker.Id)).Node == "gateway", "it is back");
        Assert.Equal(before.PresenceAt, (await server.Find(speaker.Id)).PresenceAt);
        speaker.Break();
        await RunningServer.Until(
            async () => (await server.Find(speaker.Id)).Presence == Presence.Offline,
            "the broken line is seen"
        );
        Assert.Null(await Line(directory, speaker));
    }

    [Fact]
    public async Task A_later_line_has_a_higher_number_even_when_the_clock_went_back()
    {
        var clock = new ShiftedClock();
        var directory = new NearDirectory(clock);
        directory.Join(new Lines("one"));
        var speaker = Guid.CreateVersion7();
        var first = await directory.Take(speaker, "one", 0, Never);
        clock.Advance(TimeSpan.FromDays(-30));
        var second = await directory.Take(speaker, "one", first.Number, Never);
        Assert.True(second.Number > first.Number);
        var other = new NearDirectory(clock);
        other.Join(new Lines("one"));
        Assert.True((await other.Take(speaker, "one", second.Number, Never)).Number > second.Number);
        // An old line's end does not take the new one out of the directory.
        await directory.Leave(speaker, first, Never);
        await directory.Leave(speaker, second, Never);
    }

    [Fact]
    public async Task What_could_not_be_brought_is_brought_later_without_being_asked_for()
    {
        await using var speaker = await server.Connected();
        var version = 1_000 + (await server.Db(db => db.Timetables.FirstAsync(t => t.SpeakerId == speaker.Id))).Version;
        await speaker.State(timetable: version - 1_000);
        // As after a failure between storing and saying.
        await server.Db(db =>
            db.Timetables.Where(t => t.SpeakerId == speaker.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.Version, version))
        );
        await RunningServer.Until(
            async () => (await server.Find(speaker.Id)).TimetableHeld == version - 1_000,
            "its state is stored"
        );
        server.Running.Services.GetRequiredService<BringAgain>().Soon();
        await speaker.Hear<TimetableMessage>(AirTopic.InTimetable);
    }

    static async Task<Line?> Line(NearDirectory directory, BenchSpeaker speaker) =>
        (await directory.Find([speaker.Id], Never)).GetValueOrDefault(speaker.Id);

    /// <summary>A second gateway in this process, on the same database and directory.</summary>
    sealed class Node(MqttServer mqtt, Intake intake, Lines lines) : IAsyncDisposable
    {
        public int Port => mqtt.EndPoint.Port;

        public static async Task<Node> Open(string name, NearDirectory directory, DeviceServer server)
        {
            var services = server.Running.Services;
            var scopes = services.GetRequiredService<IServiceScopeFactory>();
            var lines = new Lines(name);
            directory.Join(lines);
            var intake = new Intake(
                scopes,
                lines,
                directory,
                services.GetRequiredService<WriteLane>(),
                services.GetRequiredService<SayAcks>(),
                services.GetRequiredService<Sync>(),
                services.GetRequiredService<BringAgain>(),
                services.GetRequiredService<CommandRunner>(),
                services.GetRequiredService<PlayWatch>(),
                services.GetRequiredService<BackgroundWork<Intake>>()
            );
            await intake.StartAsync(Never);
            var host = new SpeakerHost(
                new KeyDesk(scopes, lines, TimeProvider.System),
                lines,
                directory,
                intake,
                services.GetRequiredService<Challenges>(),
                services.GetRequiredService<RevokedKeys>(),
                services.GetRequiredService<TellTime>(),
                services.GetRequiredService<HealthBoard>(),
                services.GetRequiredService<IOptions<GatewayOptions>>(),
                server.Running.Clock,
                services.GetRequiredService<BackgroundWork<SpeakerHost>>()
            );
            var mqtt = new MqttServer(
                new MqttServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) },
                host,
                server.Running.Clock
            );
            mqtt.Start();
            lines.Open(mqtt);
            return new(mqtt, intake, lines);
        }

        public async ValueTask DisposeAsync()
        {
            lines.Close();
            await mqtt.Stop(Never);
            await mqtt.DisposeAsync();
            await intake.StopAsync(Never);
            intake.Dispose();
        }
    }
}
