using System.Net;
using Loa.Air;
using Loa.Jose;
using Loa.Mqtt.Server;
using Microsoft.AspNetCore.Builder;
using X509Certificate2 = System.Security.Cryptography.X509Certificates.X509Certificate2;

namespace Loa.Speaker.InABox;

/// <summary>A province in a box: real HTTP, real MQTT and real signatures, so that a real speaker can be lied to.</summary>
sealed partial class Province : IAsyncDisposable
{
    public const string Name = "tinh.test";

    static readonly AirClass[] all = [AirClass.Ordinary, AirClass.Priority, AirClass.Emergency];

    readonly string folder = Directory.CreateTempSubdirectory("loa-speaker-").FullName;
    readonly Dictionary<Guid, long> versions = [];
    readonly TaskCompletionSource<SpeakerMirror> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    WebApplication? web;
    MqttServer? mqtt;
    TimeProvider clock = TimeProvider.System;
    X509Certificate2? certificate;
    int httpPort;
    int mqttPort;

    Province(Province? like)
    {
        Desk = new ProvinceDesk(this);
        ServerName = like is null ? Name : $"khac.{Name}";
        Gate = new ProvinceGate(ServerName) { Clock = Tell, Acks = Acknowledge };
        if (like is not null)
            (Root, ServerKey, OfficerKey, MakerKey) = (like.Root, like.ServerKey, like.OfficerKey, like.MakerKey);
        if (like is not null)
            (Unit, Commune) = (like.Unit, like.Commune);
        MakerDelegation = Delegate(MakerKey, [AirKind.Package]);
        ServerDelegation = Delegate(ServerKey, [AirKind.Timetable, AirKind.Command, AirKind.Placement]);
        OfficerDelegation = Delegate(OfficerKey, [AirKind.Release]);
    }

    public SigningKey Root { get; } = SigningKey.Create();

    public SigningKey ServerKey { get; } = SigningKey.Create();

    public SigningKey MakerKey { get; } = SigningKey.Create();

    public string MakerDelegation { get; }

    public string ServerName { get; }

    public SigningKey OfficerKey { get; } = SigningKey.Create();

    public string ServerDelegation { get; }

    public string OfficerDelegation { get; }

    /// <summary>How far the province's clock is from that of the machine.</summary>
    public TimeSpan ClockOff { get; set; }

    /// <summary>The place of whoever is claimed next; null is a new one for each.</summary>
    public Guid? Place { get; set; }

    public Guid Unit { get; } = Guid.CreateVersion7();

    public Guid Commune { get; } = Guid.CreateVersion7();

    public Guid OtherCommune { get; } = Guid.CreateVersion7();

    public ProvinceDesk Desk { get; }

    public ProvinceGate Gate { get; }

    public string Folder => folder;

    public Uri Http => new($"http://127.0.0.1:{httpPort}");

    public string Mqtt => $"127.0.0.1:{mqttPort}";

    public IPEndPoint Door => certificate is null ? mqtt!.EndPoint : mqtt!.TlsEndPoint;

    /// <param name="like">Another server of the same province: the same keys and place, another name.</param>
    /// <param name="clock">By which it keeps its connections alive.</param>
    /// <param name="certificate">Offers TLS as well.</param>
    public static async Task<Province> Start(
        Province? like = null,
        TimeProvider? clock = null,
        X509Certificate2? certificate = null
    )
    {
        var province = new Province(like) { clock = clock ?? TimeProvider.System, certificate = certificate };
        await province.Return();
        return province;
    }

    /// <summary>The first speaker that was claimed.</summary>
    public Task<SpeakerMirror> Speaker() => first.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

    public IReadOnlyList<SpeakerMirror> Speakers => Gate.Speakers;

    /// <summary>The network is gone.</summary>
    public async Task Vanish()
    {
        if (web is not null)
            await web.DisposeAsync();
        if (mqtt is not null)
            await mqtt.DisposeAsync();
        (web, mqtt) = (null, null);
    }

    /// <summary>The network is back, at the same address, with a server that forgot its sessions.</summary>
    public async Task Return()
    {
        mqtt = new MqttServer(
            new MqttServerOptions
            {
                Listen = new IPEndPoint(IPAddress.Loopback, mqttPort),
                // As the gateway's.
                MaximumKeepAlive = TimeSpan.FromSeconds(29),
                Tls = certificate is null
                    ? null
                    : new TlsListener
                    {
                        Listen = new IPEndPoint(IPAddress.Loopback, 0),
                        Certificate = TlsListener.Fixed(certificate),
                    },
            },
            Gate,
            clock
        );
        Gate.Server = mqtt;
        mqtt.Start();
        mqttPort = mqtt.EndPoint.Port;
        web = await Desk.Start(httpPort);
        httpPort = new Uri(web.Urls.First()).Port;
    }

    public SpeakerMirror Welcome(Enrolment enrolment)
    {
        PublicKey.TryFrom(enrolment.Jwk, out var key);
        var speaker = new SpeakerMirror(Place ?? Guid.CreateVersion7(), key!, enrolment.Serial);
        Gate.Add(speaker);
        first.TrySetResult(speaker);
        return speaker;
    }

    public EnrolmentStatus Placed(SpeakerMirror speaker)
    {
        var placement = new Placement(Some.Id("place"), speaker.Id, speaker.Key.KeyId, 1, [Unit, Commune], Now());
        return new(EnrolmentState.Claimed, speaker.Id, placement.Sign(ServerKey), [ServerDelegation]);
    }

    public string Delegate(
        SigningKey key,
        AirKind[] kinds,
        AirClass[]? classes = null,
        Guid[]? units = null,
        TimeSpan? expires = null,
        SigningKey? by = null,
        string[]? stations = null
    ) =>
        new Delegation(
            Guid.CreateVersion7(),
            key.KeyId,
            key.Public.Jwk,
            "Người ký",
            kinds,
            classes ?? all,
            units ?? [Unit],
            Now().AddDays(-2),
            Now() + (expires ?? TimeSpan.FromDays(30)),
            stations
        ).Sign(by ?? Root);

    /// <summary>An approved bulletin; its sound can be fetched.</summary>
    public Release Release(Recorded sound, AirClass airClass = AirClass.Ordinary, Guid[]? units = null)
    {
        Desk.Media[sound.Digest] = sound.Bytes;
        return new Release(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            "Bản tin thử",
            sound.Digest,
            sound.Bytes.Length,
            sound.Duration,
            airClass,
            units ?? [Commune],
            Now().AddDays(-1),
            Now().AddDays(1)
        );
    }

    /// <summary>An item that plays as soon as it can.</summary>
    public static TimetableItem PlayNow(string release, AirClass airClass = AirClass.Ordinary) =>
        Item(release, airClass, Now(), TimeSpan.FromMinutes(10), now: true);

    public static TimetableItem Item(
        string release,
        AirClass airClass,
        DateTimeOffset start,
        TimeSpan length,
        bool now = false
    ) =>
        new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Jws.Digest(release),
            airClass,
            Whole(start),
            Whole(start + length),
            now
        );

    /// <summary>Puts a newer timetable in force.</summary>
    public void Order(
        SpeakerMirror speaker,
        IReadOnlyList<TimetableItem> items,
        IReadOnlyList<string> releases,
        params string[] delegations
    )
    {
        long version;
        lock (versions)
            version = versions[speaker.Id] = versions.GetValueOrDefault(speaker.Id) + 1;
        var message = Message(Timetable(speaker, version, items), releases, delegations);
        speaker.Desired = (version, message);
        Gate.Send(speaker, AirTopic.InTimetable, message);
    }

    public string Timetable(SpeakerMirror speaker, long version, IReadOnlyList<TimetableItem> items) =>
        new Timetable(speaker.Id, version, Now(), Now().AddHours(-1), Now().AddDays(7), items).Sign(ServerKey);

    public byte[] Message(string timetable, IReadOnlyList<string> releases, params string[] delegations) =>
        new TimetableMessage(
            timetable,
            releases,
            [ServerDelegation, .. delegations.Length > 0 ? delegations : [OfficerDelegation]],
            new Uri(Http, "/air/media/").ToString()
        ).ToBytes();

    public async ValueTask DisposeAsync()
    {
        await Vanish();
        Directory.Delete(folder, recursive: true);
        Assert.Empty(Gate.Failures);
    }

    /// <summary>As a server of today says what it holds.</summary>
    public AckMessage Acknowledge(Acknowledgement ack) =>
        new(ack.Seq, ack.Hash, ack.Refused, ack.Sign(ServerKey), [ServerDelegation]);

    byte[] Tell(SpeakerMirror speaker, TimeQuestion question)
    {
        var now = ToldTime.Microseconds(clock.GetUtcNow() + ClockOff);
        return new TimeMessage(new ToldTime(speaker.Id, question.Nonce, now, now).Sign(ServerKey)).ToBytes();
    }

    // As it goes over the air.
    static DateTimeOffset Whole(DateTimeOffset moment) =>
        DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());

    static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();
}
