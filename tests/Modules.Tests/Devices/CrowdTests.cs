using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Devices;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Jose;
using Loa.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices;

/// <summary>The whole province at once, on a server of its own.</summary>
[Collection(nameof(Alone))]
public sealed class CrowdTests(DeviceServer server) : IClassFixture<DeviceServer>
{
    static readonly CancellationToken Never = CancellationToken.None;

    // Of the one server that these tests share.
    static IReadOnlyDictionary<Guid, SigningKey>? enrolled;

    [Fact]
    public async Task All_speakers_of_the_province_get_their_timetables_at_once()
    {
        var tree = await server.Running.With<IUnits, UnitTree>(async u => await u.Today(Never));
        var keys = await EnrolAll(tree);
        Guid[] roots = [.. tree.Roots.Select(r => r.Id)];
        await using var near = await Connect(keys.First());
        await using var far = await Connect(keys.Last());

        var slowest = TimeSpan.Zero;
        for (var version = 2; version < 5; version++)
        {
            var began = TimeProvider.System.GetTimestamp();
            var air = await server.Air(roots);
            await near.HearTimetable(atLeast: version);
            await far.HearTimetable(atLeast: version);
            var heard = TimeProvider.System.GetElapsedTime(began);
            var plays = (IPlays)server.Running.Services.GetService(typeof(IPlays))!;
            await RunningServer.Until(
                async () => (await plays.Tally(air.Broadcast, Never)).Total == keys.Count,
                "all are told"
            );
            slowest = TimeProvider.System.GetElapsedTime(began);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{keys.Count} timetables: connected ones after {heard.TotalMilliseconds:0} ms, all made after {slowest.TotalMilliseconds:0} ms"
            );
        }
        // The last one is warm. The bar is a second; a shared machine gets some more.
        Assert.True(slowest < TimeSpan.FromSeconds(5), $"it took {slowest}");
    }

    [Fact]
    public async Task An_order_for_the_province_does_not_wait_until_each_commune_has_been_served()
    {
        var tree = await server.Running.With<IUnits, UnitTree>(async u => await u.Today(Never));
        var keys = await EnrolAll(tree);
        await using var near = await Connect(keys.First());
        Guid[] roots = [.. tree.Roots.Select(r => r.Id)];
        Guid[] communes = [.. roots.SelectMany(tree.ChildrenOf).Select(u => u.Id)];
        var morning = await server.Air([communes[0]]);
        // Five o'clock: every commune orders its own.
        var orders = communes.Select(c => server.Order(morning.Bulletin, [c], [server.Running.Clock.Moment()]));
        await Task.WhenAll(orders);

        var began = TimeProvider.System.GetTimestamp();
        var dam = await server.Air(roots);
        while (!(await near.HearTimetable()).Items.Any(item => item.Broadcast == dam.Broadcast))
            continue;
        var heard = TimeProvider.System.GetElapsedTime(began);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"behind the orders of {communes.Length} communes: heard after {heard.TotalMilliseconds:0} ms"
        );
        Assert.True(heard < TimeSpan.FromSeconds(5), $"it took {heard}");
    }

    [Fact]
    public async Task One_order_reaches_all_speakers_of_the_province()
    {
        var tree = await server.Running.With<IUnits, UnitTree>(async u => await u.Today(Never));
        var keys = await EnrolAll(tree);
        await using var first = await Connect(keys.First());
        var speakers = keys.Skip(1)
            .Select(k => new BenchSpeaker("CROWD")
            {
                Id = k.Key,
                Key = k.Value,
                Server = first.Server,
                Mqtt = first.Mqtt,
            })
            .ToList();
        try
        {
            await Parallel.ForEachAsync(
                speakers,
                new ParallelOptions { MaxDegreeOfParallelism = 32 },
                async (speaker, _) => await speaker.Connect()
            );
            await RunningServer.Until(
                async () =>
                    await server.Db(db => db.Speakers.CountAsync(s => s.Presence == Presence.Online)) >= keys.Count,
                "all are online"
            );
            var began = TimeProvider.System.GetTimestamp();
            var ordered = await server
                .Technician.PostAsJsonAsync(
                    "/speakers/commands",
                    new
                    {
                        name = "identify",
                        count = keys.Count,
                        all = true,
                        show = "online",
                    }
                )
                .Json(System.Net.HttpStatusCode.Created);
            var answered = TimeProvider.System.GetElapsedTime(began);
            Assert.Equal(keys.Count, ordered.GetProperty("speakers").GetInt32());
            await Task.WhenAll(speakers.Select(s => s.Hear<CommandMessage>(AirTopic.InCommand)));
            var heard = TimeProvider.System.GetElapsedTime(began);
            var job = await server
                .Technician.GetAsync($"/api/speakers/jobs/{ordered.GetProperty("id").GetGuid()}")
                .Json();
            Assert.Equal(keys.Count, job.GetProperty("tally").GetProperty("Sent").GetInt32());
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{keys.Count} speakers: ordered after {answered.TotalMilliseconds:0} ms, the last has heard after {heard.TotalMilliseconds:0} ms"
            );
            Assert.True(heard < TimeSpan.FromSeconds(5), $"it took {heard}");
        }
        finally
        {
            await Task.WhenAll(speakers.Select(async s => await s.DisposeAsync()));
        }
    }

    [Fact]
    public async Task A_list_of_the_whole_province_is_looked_at_and_entered_within_seconds()
    {
        var tree = await server.Running.With<IUnits, UnitTree>(async u => await u.Today(Never));
        Guid[] hamlets = [.. tree.All.Where(u => !tree.ChildrenOf(u.Id).Any()).Select(u => u.Id)];
        var csv = string.Join(
            '\n',
            Enumerable
                .Range(0, 1_661)
                .Select(i => $"LIST-{i:00000},{SigningKey.Create().KeyId},{hamlets[i % hamlets.Length]},Cụm loa {i},2")
                .Prepend("serial,key,unit,name,horns")
        );
        var began = TimeProvider.System.GetTimestamp();
        var brought = await server
            .Technician.PostAsync("/speakers/beforehand", new StringContent(csv))
            .Json(System.Net.HttpStatusCode.Created);
        var looked = TimeProvider.System.GetElapsedTime(began);
        var id = brought.GetProperty("id").GetGuid();
        var entered = await server.Technician.PostAsJsonAsync($"/speakers/beforehand/{id}", new { }).Json();
        var spent = TimeProvider.System.GetElapsedTime(began);
        Assert.Equal(1_661, entered.GetProperty("entered").GetInt32());
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"1,661 lines: looked at after {looked.TotalMilliseconds:0} ms, signed and entered after {spent.TotalMilliseconds:0} ms"
        );
        // The bar is five seconds; a shared machine gets some more.
        Assert.True(spent < TimeSpan.FromSeconds(10), $"it took {spent}");
    }

    async Task<BenchSpeaker> Connect(KeyValuePair<Guid, SigningKey> one)
    {
        var speaker = new BenchSpeaker("CROWD") { Id = one.Key };
        await speaker.Introduce(server.Anyone);
        speaker.Key = one.Value;
        await speaker.Connect();
        await speaker.State();
        await speaker.HearTimetable();
        return speaker;
    }

    /// <summary>Claims all of our own make, as many technicians would in a month.</summary>
    async Task<IReadOnlyDictionary<Guid, SigningKey>> EnrolAll(UnitTree tree)
    {
        if (enrolled is not null)
            return enrolled;
        var places = await server.Db(db =>
            db.Speakers.AsNoTracking()
                .Where(s => s.MadeUp && s.State == SpeakerStates.Registered)
                .OrderBy(s => s.Serial)
                .ToListAsync()
        );
        var keys = places.ToDictionary(p => p.Id, _ => SigningKey.Create());
        foreach (var some in places.Chunk(100))
            await server.Db(async db =>
            {
                await Claim(db, tree, some, keys);
                return true;
            });
        return enrolled = keys;
    }

    Task Claim(DevicesDb db, UnitTree tree, Speaker[] places, Dictionary<Guid, SigningKey> keys) =>
        db.Atomically(async () =>
        {
            foreach (var place in places)
            {
                var key = keys[place.Id].Public;
                var signed = await server.Running.With<ITrust, SignedPlacement>(async t =>
                    await t.Place(
                        new WantedPlacement(place.Id, key.KeyId, 1, tree.PathOf(place.UnitId)).Payload(
                            server.Running.Clock.Moment()
                        ),
                        Never
                    )
                );
                var patch = new JsonObject
                {
                    ["kid"] = key.KeyId,
                    ["jwk"] = JsonSerializer.SerializeToNode(key.Jwk),
                    ["placement"] = signed.Jws,
                    ["placement_version"] = 1,
                };
                await db.Move(
                    tree,
                    place.Id,
                    "claim",
                    new Deed(patch),
                    Actor.Server,
                    server.Running.Clock.Moment(),
                    Never
                );
                db.ChangeTracker.Clear();
            }
        });
}
