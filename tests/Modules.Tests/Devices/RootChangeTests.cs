using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Loa.Air;
using Loa.Contracts.People;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Jose;
using Loa.Kernel;
using Loa.Lists;
using Loa.People;
using Loa.People.Data;
using Loa.Trust;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

/// <summary>The province changes its root while speakers are connected, away and being claimed; on a server of its own.</summary>
public sealed class RootChangeTests : IAsyncLifetime
{
    readonly DeviceServer server = new();
    readonly SigningKey next = SigningKey.Create();
    readonly string data = Directory.CreateTempSubdirectory("loa-root-").FullName;
    SigningKey root = null!;

    RunningServer Running => server.Running;

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        root = Running.DemoRoot();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task The_speaker_takes_it_at_once_says_so_and_obeys_what_only_the_next_root_allows()
    {
        var place = await server.Place();
        await using var speaker = new SpeakerProgram(data, Running.Address, place.Serial);
        await server.Claim(new { code = await speaker.Code(), speaker = place.Id }).Json();
        await Holds(place.Id, root);
        var before = (await server.Find(place.Id)).TimetableHeld;

        await Running.ChangeRoot(root, next);

        await Holds(place.Id, next);
        await speaker.Tells("root-changed");
        // All that vouches for what it is to play came anew.
        await RunningServer.Until(
            async () => (await server.Find(place.Id)).TimetableHeld > before,
            "another timetable is in force"
        );
        var page = await server.Technician.GetAsync("/api/speakers/root").Json();
        Assert.Equal(ClaimCheck.RootNumber(next.KeyId), page.GetProperty("number").GetString());
        Assert.Equal(1, page.GetProperty("taken").GetInt32());
        // Moved by a key that the old root never heard of.
        var key = await GrantedByNext();
        var unit = await Neighbour(place.UnitId);
        var texts = await server
            .Technician.PostAsJsonAsync($"/speakers/{place.Id}/move/placement", new { unit })
            .Json();
        await server
            .Technician.PostAsJsonAsync($"/speakers/{place.Id}/move", new { unit, placements = Sign(texts, key) })
            .Json();
        await RunningServer.Until(
            async () => (await server.Find(place.Id)).PlacementHeld == 2,
            "the speaker takes a place signed by leave of the next root"
        );
    }

    [Fact]
    public async Task A_speaker_that_was_away_past_the_old_root_s_end_is_told_before_all_else_and_goes_on()
    {
        await using var away = await server.Connected();
        var unit = (await server.Find(away.Id)).UnitId;
        await server.Air(unit);
        await away.DisposeAsync();
        await Running.ChangeRoot(root, next);
        // All have a day to hear of it, before the word of the root before ends.
        await RunningServer.Until(
            () => Running.With((PeopleDb db) => db.Announcements.AllAsync(a => a.DoneAt != null)),
            "all heard of the change"
        );
        Running.Clock.Advance(TimeSpan.FromDays(1.5));

        await using var back = new BenchSpeaker(away.Serial)
        {
            Id = away.Id,
            Key = away.Key,
            Server = away.Server,
            Mqtt = away.Mqtt,
            Root = root.KeyId,
        };
        await back.Connect();
        await back.State();
        var air = await server.Air(unit);

        var chain = new Chain(root.Public);
        foreach (var change in (await back.Hear<RootMessage>(AirTopic.InRoot)).Roots)
            Assert.True(chain.Follow(change).Ok);
        Assert.Equal(next.KeyId, chain.Root.KeyId);
        var now = Running.Clock.GetUtcNow();
        var ack = await back.HearAck(0);
        Learn(chain, ack.Delegations!);
        var (path, message) = (await Path(unit), await Naming(back, air));
        Assert.Null(chain.Verify(ack.Ack, new AcknowledgementRule(back.Id, path, now)).Reason);
        Learn(chain, message.Delegations);
        Assert.Null(chain.Verify(message.Timetable, new TimetableRule(back.Id, path, null, now)).Reason);
        Assert.Null(chain.Verify(message.Releases.Single(r => IsOf(r, air)), new ReleaseRule(path, now)).Reason);
    }

    [Fact]
    public async Task Who_is_claimed_afterwards_knows_the_next_root_alone_and_who_waits_shows_another_code()
    {
        var (key, _) = await server.Technician.Delegated(Running, "placement");
        var place = await server.Place();
        var unit = place.UnitId;
        var air = await server.Air(unit);
        await using var waiting = new BenchSpeaker(place.Serial) { Id = place.Id };
        var opened = await waiting.Introduce(server.Anyone);

        await Running.ChangeRoot(root, next);

        await server.Claim(new { code = opened.Code, speaker = place.Id }).Json(HttpStatusCode.Conflict);
        await RunningServer.Until(
            async () =>
                (await server.Anyone.GetAsync($"/air/enrolments/{opened.Id}")).StatusCode == HttpStatusCode.NotFound,
            "who waited is to introduce itself again"
        );
        opened = await waiting.Introduce(server.Anyone);
        Assert.Equal(next.KeyId, opened.Root.Thumbprint());
        // A board that was given the old root in the factory finds the way from it to this one.
        var factory = new Chain(root.Public);
        Assert.True(factory.Follow(Assert.Single(opened.Roots!)).Ok);
        Assert.Equal(next.KeyId, factory.Root.KeyId);
        var claim = new { code = opened.Code, speaker = place.Id };
        var texts = await server.Technician.PostAsJsonAsync("/speakers/claim/placement", claim).Json();
        await server
            .Claim(
                new
                {
                    claim.code,
                    claim.speaker,
                    placements = Sign(texts, key),
                }
            )
            .Json();
        waiting.Root = next.KeyId;
        await waiting.Connect();
        await waiting.State();

        var chain = new Chain(next.Public);
        var (path, message) = (await Path(unit), await Naming(waiting, await server.Air(unit)));
        Learn(chain, message.Delegations);
        var now = Running.Clock.GetUtcNow();
        Assert.Null(chain.Verify(message.Timetable, new TimetableRule(waiting.Id, path, null, now)).Reason);
        Assert.All(message.Releases, release => Assert.Null(chain.Verify(release, new ReleaseRule(path, now)).Reason));
        Assert.NotEqual(Guid.Empty, air.Broadcast);
    }

    [Fact]
    public async Task Who_does_not_know_how_to_follow_is_spared_it_and_counted()
    {
        var place = await server.Place();
        await using var old = new BenchSpeaker(place.Serial) { Id = place.Id, Protocol = 2 };
        var opened = await old.Introduce(server.Anyone);
        await server.Claim(new { code = opened.Code, speaker = place.Id }).Json();
        await old.Connect();
        await old.State();
        await old.HearTimetable();
        await server.Air(place.UnitId);

        await Running.ChangeRoot(root, next);

        var (path, message) = (await Path(place.UnitId), await Naming(old, await server.Air(place.UnitId)));
        Assert.Equal(0, old.Waiting(AirTopic.InRoot));
        var chain = new Chain(root.Public);
        Learn(chain, message.Delegations);
        Assert.Null(
            chain.Verify(message.Timetable, new TimetableRule(old.Id, path, null, Running.Clock.GetUtcNow())).Reason
        );
        var page = await server.Technician.GetAsync("/api/speakers/root").Json();
        Assert.Equal(1, page.GetProperty("tooOld").GetInt32());
        Assert.Contains(Words.Get("followers.too-old"), await server.Technician.GetStringAsync("/speakers/root"));
        await (await ShownList.Read(server.Technician, "/speakers/root?sort=-name")).IsTakenAwayAsShown(
            server.Technician
        );
    }

    [Fact]
    public async Task A_server_that_stopped_after_the_change_tells_it_when_it_is_there_again()
    {
        await using var speaker = await server.Connected();
        await Running.ChangeRoot(root, next);
        await server.Restart();
        speaker.Root = root.KeyId;
        speaker.Mqtt = await MqttAddress();
        await speaker.Connect();
        await speaker.State();

        var chain = new Chain(root.Public);
        foreach (var change in (await speaker.Hear<RootMessage>(AirTopic.InRoot)).Roots)
            Assert.True(chain.Follow(change).Ok);
        Assert.Equal(next.KeyId, chain.Root.KeyId);
    }

    async Task<string> MqttAddress()
    {
        var card = await server.Anyone.GetByteArrayAsync("/air/server");
        Assert.True(ServerMessage.TryRead(card, out var read));
        Assert.Single(read.Roots!);
        return read.Mqtt;
    }

    Task Holds(Guid speaker, SigningKey key) =>
        RunningServer.Until(
            async () => (await server.Find(speaker)).RootHeld == key.KeyId,
            "the speaker says which root it obeys",
            40
        );

    async Task<SigningKey> GrantedByNext()
    {
        var key = SigningKey.Create();
        var asked = await (await server.Technician.Ask(key, Running, kinds: ["placement"])).Json(
            HttpStatusCode.Created
        );
        var id = asked.GetProperty("id").GetGuid();
        using var administrator = await Running.SignedIn("tinh.quantri");
        var wanted = await administrator.GetStringAsync($"/trust/{id}/request");
        var jws = JsonSerializer.Deserialize(wanted, Delegation.Shape)!.Sign(next);
        await administrator.PostAsJsonAsync($"/trust/{id}/grant", new { jws }).Json();
        return key;
    }

    async Task<Guid> Neighbour(Guid unit)
    {
        var tree = await Running.Services.GetRequiredService<IUnits>().Today(default);
        return tree.ChildrenOf(tree.PathOf(unit)[^2]).First(u => u.Id != unit).Id;
    }

    async Task<IReadOnlyList<Guid>> Path(Guid unit) =>
        (await Running.Services.GetRequiredService<IUnits>().Today(default)).PathOf(unit);

    /// <summary>The first timetable that names what is on the air.</summary>
    static async Task<TimetableMessage> Naming(BenchSpeaker speaker, DeviceServer.OnAir air)
    {
        while (true)
        {
            var message = await speaker.Hear<TimetableMessage>(AirTopic.InTimetable);
            Assert.True(Timetable.TryRead(message.Timetable, out var read, out _));
            if (read.Document.Items.Any(item => item.Broadcast == air.Broadcast))
                return message;
        }
    }

    static bool IsOf(string release, DeviceServer.OnAir air) =>
        Release.TryRead(release, out var read, out _) && read.Document.Bulletin == air.Bulletin.BulletinId;

    static void Learn(Chain chain, IReadOnlyList<string> delegations)
    {
        foreach (var delegation in delegations)
            chain.Learn(delegation);
    }

    static string Sign(JsonElement texts, SigningKey key) =>
        string.Join(
            ' ',
            texts
                .GetProperty("payloads")
                .EnumerateArray()
                .Select(p => Jws.Sign(key, Placement.Type, Encoding.UTF8.GetBytes(p.GetString()!)))
        );
}
