using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Loa.Air;
using Loa.Contracts.People;
using Loa.Contracts.Trust;
using Loa.Devices;
using Loa.Devices.Registry;
using Loa.Jose;
using Loa.Kernel;
using Loa.Mqtt;
using Loa.Playout.AsRun;
using Loa.Trust;
using Loa.Trust.Roots;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Gateway;

[Collection(nameof(DeviceServer))]
public sealed class GatewayTests(DeviceServer server)
{
    [Fact]
    public async Task Who_cannot_prove_the_key_is_not_let_in()
    {
        await using var speaker = await server.Enrolled();
        await using var other = await server.Enrolled();
        Assert.Equal(ReasonCode.NotAuthorized, await Refusal(() => speaker.Connect(with: SigningKey.Create())));
        Assert.Equal(ReasonCode.NotAuthorized, await Refusal(() => speaker.Connect(@as: other.Id)));
        Assert.Equal(ReasonCode.NotAuthorized, await Refusal(() => speaker.Connect(server: "another-server")));
        Assert.Equal(ReasonCode.NotAuthorized, await Refusal(() => speaker.Connect(@as: Guid.CreateVersion7())));
        await speaker.Connect();
    }

    [Fact]
    public async Task A_speaker_speaks_and_hears_on_its_own_topics_only()
    {
        await using var speaker = await server.Connected();
        await using var other = await server.Connected();
        await Assert.ThrowsAsync<MqttException>(() => speaker.Subscribe(Topics.AllIn(other.Id)));
        await Assert.ThrowsAsync<MqttException>(() => speaker.Subscribe("loa/#"));
        await Assert.ThrowsAsync<MqttException>(() => speaker.Subscribe("#"));
        await Assert.ThrowsAsync<MqttException>(() =>
            speaker.Publish(Topics.Of(other.Id, AirTopic.OutState), StateMessage.Gone.ToBytes())
        );
        Assert.True((await server.Find(other.Id)).IsOnline);
    }

    [Fact]
    public async Task Presence_follows_the_line_and_a_restart_of_the_server_raises_no_false_alarm()
    {
        await using var speaker = await server.Connected();
        await RunningServer.Until(async () => (await server.Find(speaker.Id)).Volume == 60, "its state is stored");
        var seen = await server.Find(speaker.Id);
        Assert.Equal((Presence.Online, 60), (seen.Presence, seen.Volume!.Value));

        await server.Restart();
        Assert.Equal(Presence.Returning, (await server.Find(speaker.Id)).Presence);

        await speaker.Introduce(server.Anyone);
        await speaker.Connect();
        await RunningServer.Until(async () => (await server.Find(speaker.Id)).IsOnline, "it is back");
        speaker.Break();
        await RunningServer.Until(
            async () => (await server.Find(speaker.Id)).Presence == Presence.Offline,
            "a broken line is seen"
        );
    }

    [Fact]
    public async Task A_newer_timetable_and_placement_are_sent_again_when_the_speaker_comes_back()
    {
        await using var speaker = await server.Connected();
        speaker.Break();
        var place = await server.Find(speaker.Id);
        var air = await server.Air(place.UnitId);
        await RunningServer.Until(
            () =>
                server.Playout(db =>
                    db.Plays.AnyAsync(p => p.SpeakerId == speaker.Id && p.BroadcastId == air.Broadcast)
                ),
            "the timetable is made"
        );

        await speaker.Connect();
        await speaker.State(timetable: 1, placement: 0);
        var timetable = await speaker.HearTimetable(atLeast: 2);
        Assert.Contains(timetable.Items, i => i.Broadcast == air.Broadcast);
        var placement = await speaker.Hear<PlacementMessage>(AirTopic.InPlacement);
        Assert.True(Placement.TryRead(placement.Placement, out var read, out _));
        Assert.Equal(1, read.Document.Version);

        // A speaker that claims to hold a later one is given one that is later still.
        await speaker.State(timetable: 1_000);
        Assert.Equal(1_001, (await speaker.HearTimetable(atLeast: 1_001)).Version);
    }

    [Fact]
    public async Task A_revocation_reaches_a_connected_speaker_within_seconds()
    {
        await using var speaker = await server.Connected();
        var trust = server.Running.Services.GetRequiredService<ITrust>();
        // What was revoked before stays revoked: the list grows by one.
        var before = Revocations.TryRead(await trust.Revocations(CancellationToken.None), out var read, out _)
            ? read.Document
            : new Revocations(0, server.Running.Clock.Moment(), [], []);
        var list = (
            before with
            {
                Version = before.Version + 1,
                At = server.Running.Clock.Moment(),
                Kids = [.. before.Kids, SigningKey.Create().KeyId],
            }
        ).Sign(server.Running.Services.GetRequiredService<KeyFolder>().DemoRoot!);
        var administrator = await server.Running.SignedIn("tinh.quantri");
        await administrator.PostAsJsonAsync("/trust/revocations", new { jws = list, reason = "mất khóa" }).Json();

        // It may still be told the list that was in force when it connected.
        RevocationsMessage heard;
        do heard = await speaker.Hear<RevocationsMessage>(AirTopic.InRevocations);
        while (
            heard.Revocations != list
            && Revocations.TryRead(heard.Revocations, out var older, out _)
            && older.Document.Version < before.Version + 1
        );
        Assert.Equal(list, heard.Revocations);
    }

    [Fact]
    public async Task A_retired_speaker_is_cut_off_and_its_key_opens_nothing()
    {
        await using var speaker = await server.Connected();
        await server
            .Technician.PostAsync(
                $"/speakers/{speaker.Id}/retire",
                new FormUrlEncodedContent(new Dictionary<string, string> { ["Comment"] = "hỏng" })
            )
            .Json(HttpStatusCode.SeeOther);
        await speaker.Ended.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(ReasonCode.NotAuthorized, await Refusal(() => speaker.Connect()));
    }

    [Fact]
    public async Task A_moved_speaker_is_told_its_new_place()
    {
        await using var speaker = await server.Connected();
        var tree = await server.Running.With<IUnits, UnitTree>(async u => await u.Today(CancellationToken.None));
        var from = (await server.Find(speaker.Id)).UnitId;
        var to = tree.ChildrenOf(tree.PathOf(from)[^2]).First(u => u.Id != from).Id;
        await server
            .Technician.PostAsync(
                $"/speakers/{speaker.Id}/move",
                new FormUrlEncodedContent(new Dictionary<string, string> { ["Unit"] = to.ToString() })
            )
            .Json(HttpStatusCode.SeeOther);
        var heard = await speaker.Hear<PlacementMessage>(AirTopic.InPlacement);
        Assert.True(Placement.TryRead(heard.Placement, out var read, out _));
        Assert.Equal((2, to), (read.Document.Version, read.Document.Path[^1]));
    }

    [Fact]
    public async Task A_speaker_may_open_its_line_by_web_socket()
    {
        await using var speaker = await server.Enrolled();
        var address = server.Anyone.BaseAddress!;
        speaker.Way = new Uri($"ws://{address.Authority}/air/mqtt");
        Assert.Equal(ReasonCode.NotAuthorized, await Refusal(() => speaker.Connect(with: SigningKey.Create())));
        await speaker.Connect();
        await speaker.State();
        await speaker.HearTimetable();
        Assert.True((await server.Find(speaker.Id)).IsOnline);

        using var plain = await server.Anyone.GetAsync("/air/mqtt");
        Assert.Equal(HttpStatusCode.UpgradeRequired, plain.StatusCode);
    }

    [Fact]
    public void A_renewed_certificate_is_shown_from_the_next_connection_on()
    {
        var folder = Directory.CreateTempSubdirectory("loa-certificate-").FullName;
        var (file, key) = (Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
        Renew("CN=one");
        var certificate = new ServerCertificate(file, key);
        var one = certificate.Current();
        Assert.Same(one, certificate.Current());
        Renew("CN=two");
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(5));
        Assert.Equal("CN=two", certificate.Current().TargetCertificate.Subject);
        Directory.Delete(folder, recursive: true);

        void Renew(string name)
        {
            using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var now = TimeProvider.System.GetUtcNow();
            using var made = new CertificateRequest(name, pair, HashAlgorithmName.SHA256).CreateSelfSigned(
                now,
                now.AddDays(1)
            );
            File.WriteAllText(file, made.ExportCertificatePem());
            File.WriteAllText(key, pair.ExportPkcs8PrivateKeyPem());
        }
    }

    static async Task<ReasonCode> Refusal(Func<Task> attempt) =>
        (await Assert.ThrowsAsync<MqttException>(attempt)).Reason;
}
