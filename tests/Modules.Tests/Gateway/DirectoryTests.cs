using System.Diagnostics.Metrics;
using System.Net;
using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Devices;
using Loa.Devices.Registry;
using Loa.Devices.Reports;
using Loa.Kernel;
using Loa.Mqtt.Server;
using Loa.Playout.Timetables;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Loa.Gateway;

[Collection(nameof(DeviceServer))]
public sealed class DirectoryTests(DeviceServer server)
{
    static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task What_is_said_reaches_a_speaker_on_whichever_node_it_is_and_a_move_is_no_news()
    {
        var directory = (LocalConnectionRegistry)server.Running.Services.GetRequiredService<IConnectionRegistry>();
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
        await speaker.Ended.WaitAsync(TimeSpan.FromMinutes(1));
        var line = (await Line(directory, speaker))!;
        Assert.Equal("far", line.Node);
        await RunningServer.Until(async () => (await server.Find(speaker.Id)).Node == "far", "the move is stored");

        OutgoingMessage[] messages = [new(speaker.Id, AirTopic.InAck, new AckMessage(0, "").ToBytes())];
        Assert.Equal([speaker.Id], await directory.Send(messages, Never));
        await moved.Hear<AckMessage>(AirTopic.InAck);

        // The old node's goodbye comes late: it is about an older line.
        var ingest = server.Running.Services.GetRequiredService<ReportIngest>();
        var late = new GoneReport(
            speaker.Id,
            server.Running.Clock.GetUtcNow(),
            new ConnectionRef("gateway", before.Line)
        );
        await ingest.Take(late, Never);
        await late.Stored.WaitAsync(TimeSpan.FromMinutes(1));
        var after = await server.Find(speaker.Id);
        Assert.Equal((Presence.Online, before.PresenceAt), (after.Presence, after.PresenceAt));

        // And back; then a line that breaks where the speaker really is, is news.
        speaker.Mqtt = near;
        await speaker.Connect();
        await moved.Ended.WaitAsync(TimeSpan.FromMinutes(1));
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
        var directory = new LocalConnectionRegistry(clock);
        directory.Join(new NodeConnections("one", "loa-thanh"));
        var speaker = Guid.CreateVersion7();
        var first = await directory.Take(speaker, "one", 0, Never);
        clock.Advance(TimeSpan.FromDays(-30));
        var second = await directory.Take(speaker, "one", first.Number, Never);
        Assert.True(second.Number > first.Number);
        var other = new LocalConnectionRegistry(clock);
        other.Join(new NodeConnections("one", "loa-thanh"));
        Assert.True((await other.Take(speaker, "one", second.Number, Never)).Number > second.Number);
        // An old line's end does not take the new one out of the directory.
        await directory.Leave(speaker, first, Never);
        await directory.Leave(speaker, second, Never);
    }

    [Fact]
    public async Task What_could_not_be_brought_is_brought_later_without_being_asked_for()
    {
        await using var speaker = await server.Connected();
        var version =
            1_000 + (await server.Playout(db => db.Timetables.FirstAsync(t => t.SpeakerId == speaker.Id))).Version;
        await speaker.State(timetable: version - 1_000);
        // As after a failure between storing and saying.
        await server.Playout(db =>
            db.Timetables.Where(t => t.SpeakerId == speaker.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.Version, version))
        );
        await RunningServer.Until(
            async () => (await server.Find(speaker.Id)).TimetableHeld == version - 1_000,
            "its state is stored"
        );
        server.Running.Services.GetRequiredService<DesiredStateSync>().Soon();
        await speaker.Hear<TimetableMessage>(AirTopic.InTimetable);
    }

    static async Task<ConnectionRef?> Line(LocalConnectionRegistry directory, BenchSpeaker speaker) =>
        (await directory.Find([speaker.Id], Never)).GetValueOrDefault(speaker.Id);

    /// <summary>A second gateway in this process, on the same database and directory.</summary>
    sealed class Node(MqttServer mqtt, ReportIngest ingest, NodeConnections node) : IAsyncDisposable
    {
        public int Port => mqtt.EndPoint.Port;

        public static async Task<Node> Open(string name, LocalConnectionRegistry connections, DeviceServer server)
        {
            var services = server.Running.Services;
            var node = new NodeConnections(name, "loa-thanh");
            connections.Join(node);
            var ingest = new ReportIngest(
                node,
                connections,
                services.GetRequiredService<IReportStore>(),
                services.GetRequiredService<Acknowledge>(),
                services.GetRequiredService<DesiredStateSync>(),
                server.Running.Clock,
                services.GetRequiredService<BackgroundWork<ReportIngest>>()
            );
            await ingest.StartAsync(Never);
            var options = services.GetRequiredService<IOptions<GatewayOptions>>();
            var handler = new SpeakerMqttHandler(
                new SpeakerAdmission(
                    new KeyLookup(services.GetRequiredService<ISpeakerKeys>(), node, TimeProvider.System),
                    node,
                    services.GetRequiredService<Challenges>(),
                    services.GetRequiredService<RevokedKeys>(),
                    options,
                    server.Running.Clock,
                    NullLogger<SpeakerAdmission>.Instance
                ),
                new SpeakerMessages(
                    services.GetRequiredService<TopicTable>(),
                    node,
                    ingest,
                    services.GetRequiredService<TimeServer>(),
                    options,
                    server.Running.Clock,
                    NullLogger<SpeakerMessages>.Instance
                ),
                node,
                connections,
                ingest,
                services.GetRequiredService<TellRoots>(),
                services.GetRequiredService<BackgroundWork<SpeakerMqttHandler>>()
            );
            var mqtt = new MqttServer(
                new MqttServerOptions
                {
                    Listen = new IPEndPoint(IPAddress.Loopback, 0),
                    // A server's meters that are nobody's are counted with every server of this process.
                    MeterFactory = services.GetRequiredService<IMeterFactory>(),
                },
                handler,
                server.Running.Clock
            );
            mqtt.Start();
            node.Open(mqtt);
            return new(mqtt, ingest, node);
        }

        public async ValueTask DisposeAsync()
        {
            node.Close();
            await mqtt.Stop(Never);
            await mqtt.DisposeAsync();
            await ingest.StopAsync(Never);
            ingest.Dispose();
        }
    }
}
