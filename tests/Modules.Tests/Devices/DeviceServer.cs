using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Broadcasting.Broadcasts;
using Loa.Broadcasting.Data;
using Loa.Cases;
using Loa.Contracts.Broadcasting;
using Loa.Contracts.Newsroom;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Jose;
using Loa.Kernel;
using Loa.Newsroom.Bulletins;
using Loa.Newsroom.Data;
using Loa.Papers;
using Loa.People;
using Loa.Playout.Data;
using Loa.Playout.Timetables;
using Loa.Trust;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

/// <summary>All tests of the device plane share one server of their own, which they may stop and start.</summary>
[CollectionDefinition(nameof(DeviceServer))]
public sealed class DeviceServerCollection : ICollectionFixture<DeviceServer>;

/// <summary>Those that wait for time to pass (a ration, a keep-alive, somebody's patience) share another one.</summary>
[CollectionDefinition(nameof(WaitingDevices))]
public sealed class WaitingDevices : ICollectionFixture<DeviceServer>;

/// <summary>The real server, with what tests of speakers need: unclaimed places, claimed speakers, something on the air.</summary>
public sealed class DeviceServer : IAsyncLifetime
{
    int taken;
    SigningKey? approverKey;

    /// <summary>The server itself; another for who needs one that is told more.</summary>
    public RunningServer Running { get; init; } = new();

    RunningServer server => Running;

    public HttpClient Anyone { get; private set; } = null!;

    public HttpClient Technician { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        await SignIn();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    public async Task Restart()
    {
        await server.Restart();
        await SignIn();
    }

    async Task SignIn()
    {
        Anyone = server.Client();
        Technician = await server.SignedIn("tinh.kythuat");
    }

    internal Task<TResult> Db<TResult>(Func<DevicesDb, Task<TResult>> work) => server.With(work);

    internal Task<TResult> Playout<TResult>(Func<PlayoutDb, Task<TResult>> work) => server.With(work);

    internal Task<Speaker> Find(Guid id) => Db(db => db.Speakers.AsNoTracking().FirstAsync(s => s.Id == id));

    /// <summary>A made-up speaker of our own make that nobody has claimed yet, each in a hamlet of its own.</summary>
    internal async Task<Speaker> Place()
    {
        // Where another test has moved a speaker to, an order would be for two.
        while (true)
        {
            var skip = Interlocked.Increment(ref taken) - 1;
            var place = await Db(db =>
                db.Speakers.AsNoTracking()
                    .Where(s => s.Vendor == SpeakerProcedure.Own && s.MadeUp && s.Name.StartsWith("Loa số 1 –"))
                    .OrderBy(s => s.Serial)
                    .Skip(skip)
                    .FirstAsync()
            );
            if (
                !await Db(db =>
                    db.Speakers.AnyAsync(s => s.UnitId == place.UnitId && s.State == SpeakerStates.Enrolled)
                )
            )
                return place;
        }
    }

    internal Task<HttpResponseMessage> Claim(object request) => Technician.PostAsJsonAsync("/speakers/claim", request);

    /// <summary>A speaker that was claimed and took its place home; not connected yet.</summary>
    internal async Task<BenchSpeaker> Enrolled()
    {
        var place = await Place();
        var speaker = new BenchSpeaker(place.Serial) { Id = place.Id };
        var opened = await speaker.Introduce(Anyone);
        await Claim(new { code = opened.Code, speaker = place.Id }).Json();
        return speaker;
    }

    /// <summary>A speaker that is connected and has said so.</summary>
    internal async Task<BenchSpeaker> Connected()
    {
        var speaker = await Enrolled();
        await speaker.Connect();
        await speaker.State();
        await speaker.HearTimetable();
        // Told first, stored after.
        await RunningServer.Until(
            () => Playout(db => db.Timetables.AnyAsync(t => t.SpeakerId == speaker.Id)),
            "its first timetable is stored"
        );
        return speaker;
    }

    /// <summary>The sound of an approved bulletin that plays now in a unit.</summary>
    internal sealed record OnAir(Guid Broadcast, byte[] Sound, ReleasedBulletin Bulletin);

    internal Task<OnAir> Air(params Guid[] units) => Air(AirClass.Ordinary, units);

    internal async Task<OnAir> Air(AirClass @class, params Guid[] units)
    {
        var sound = RandomNumberGenerator.GetBytes(20_000);
        var bulletin = await Approve(sound, @class, units);
        return new((await Order(bulletin, units, [server.Clock.Moment()]))[0], sound, bulletin);
    }

    /// <summary>Airs an approved bulletin at each of these moments.</summary>
    internal async Task<Guid[]> Order(ReleasedBulletin bulletin, Guid[] units, DateTimeOffset[] starts)
    {
        Guid[] broadcasts = [.. starts.Select(_ => Guid.CreateVersion7())];
        var now = server.Clock.Moment();
        await server.With<BroadcastingDb, bool>(async db =>
        {
            await db.Atomically(async () =>
            {
                foreach (var (broadcast, start) in broadcasts.Zip(starts))
                {
                    var order = new BroadcastOrder(
                        broadcast,
                        bulletin.BulletinId,
                        bulletin.Title,
                        bulletin.Class,
                        units,
                        start,
                        start.AddMinutes(10),
                        bulletin.Duration,
                        Guid.CreateVersion7()
                    );
                    await db.Order(
                        order,
                        units[0],
                        order.ToPatch(bulletin.ReleaseDigest),
                        Actor.Server,
                        now,
                        CancellationToken.None
                    );
                }
            });
            return true;
        });
        return broadcasts;
    }

    internal Task<bool> StopAir(OnAir onAir, params Guid[] units) =>
        server.With<BroadcastingDb, bool>(async db =>
        {
            await db.Atomically(async () =>
            {
                await db.Move(
                    BroadcastProcedure.Definition,
                    onAir.Broadcast,
                    "stop",
                    new(Comment: "test"),
                    Actor.Server,
                    server.Clock.Moment(),
                    CancellationToken.None
                );
            });
            return true;
        });

    async Task<SigningKey> Approver()
    {
        using var leader = await server.SignedIn("tinh.duyet");
        return approverKey ??= (await leader.Delegated(server, "release")).Key;
    }

    /// <summary>A bulletin that may be heard in these units for so many days.</summary>
    internal Task<ReleasedBulletin> Approved(int days, params Guid[] units) =>
        Approve(RandomNumberGenerator.GetBytes(20_000), AirClass.Ordinary, units, days);

    async Task<ReleasedBulletin> Approve(byte[] sound, AirClass @class, Guid[] units, int days = 1)
    {
        var papers = server.Services.GetRequiredService<PaperStore>();
        var paper = await papers.Put(new MemoryStream(sound), CancellationToken.None);
        var (id, now, duration) = (Guid.CreateVersion7(), server.Clock.Moment(), TimeSpan.FromSeconds(5));
        var signed = new Release(
            Guid.CreateVersion7(),
            id,
            "Thử loa",
            paper.Digest,
            paper.Length,
            duration,
            @class,
            units,
            now.AddMinutes(-1),
            now.AddDays(days)
        ).Sign(await Approver());
        var text = new JsonObject
        {
            ["title"] = "Thử loa",
            ["text"] = "Thử.",
            ["voice"] = "vi",
            ["class"] = AirWord.Of(@class),
        };
        var spoken = new JsonObject
        {
            ["audio"] = paper.Digest,
            ["length"] = paper.Length,
            ["master"] = paper.Digest,
            ["duration_ms"] = (long)duration.TotalMilliseconds,
            ["loudness"] = -16,
            ["true_peak"] = -2,
            ["peaks"] = "AAAA",
            ["spoken"] = "Thử.",
        };
        var released = new JsonObject
        {
            ["release"] = Jws.Digest(signed),
            ["units"] = JsonSerializer.SerializeToNode(units),
            ["valid_from"] = now.AddMinutes(-1).ToUnixTimeMilliseconds(),
            ["valid_to"] = now.AddDays(days).ToUnixTimeMilliseconds(),
            ["delegations"] = new JsonArray(),
        };
        await server.With<NewsroomDb, bool>(async db =>
        {
            var author = new ActingOfficer(Guid.CreateVersion7(), Guid.CreateVersion7(), "author", units[0]);
            var approver = new ActingOfficer(Guid.CreateVersion7(), Guid.CreateVersion7(), "approver", units[0]);
            var procedure = BulletinProcedure.Definition;
            var cancel = CancellationToken.None;
            await db.Atomically(async () =>
            {
                await db.Open(procedure, id, units[0], BulletinProcedure.Write, new(text), author, now, cancel);
                await db.Move(procedure, id, BulletinProcedure.Speak, new(spoken), author, now, cancel);
                await db.Move(procedure, id, BulletinProcedure.Submit, new(), author, now, cancel);
                await db.Move(
                    procedure,
                    id,
                    BulletinProcedure.Approve,
                    new(released, Signature: signed),
                    approver,
                    now,
                    cancel
                );
            });
            return true;
        });
        return (await server.With<IReleases, ReleasedBulletin?>(async r => await r.Find(id, CancellationToken.None)))!;
    }
}
