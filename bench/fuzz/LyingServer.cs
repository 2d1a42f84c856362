using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Loa.Air;
using Loa.Bench.Peers;
using Loa.Jose;
using Loa.Mqtt;
using Loa.Mqtt.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Loa.Bench.Fuzz;

/// <summary>A server in wrong hands: it enrols speakers honestly, lets them in, and then sends them whatever it likes.</summary>
sealed class LyingServer : IMqttHost, IAsyncDisposable
{
    const string Name = "fuzz";

    static readonly Guid province = Guid.CreateVersion7();

    readonly SigningKey root = SigningKey.Create();
    readonly SigningKey key = SigningKey.Create();
    readonly string word;
    readonly ConcurrentDictionary<Guid, Enrolment> enrolled = new();
    readonly MqttServer mqtt;
    readonly WebApplication web;

    public LyingServer()
    {
        var now = TimeProvider.System.GetUtcNow();
        word = new Delegation(
            Guid.CreateVersion7(),
            key.KeyId,
            key.Public.Jwk,
            Name,
            [AirKind.Timetable, AirKind.Command],
            Enum.GetValues<AirClass>(),
            [province],
            now.AddDays(-1),
            now.AddDays(1)
        ).Sign(root);
        mqtt = new MqttServer(
            new MqttServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), MaximumKeptMessages = 4096 },
            this,
            TimeProvider.System
        );
        mqtt.Start();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        Web = new Uri($"http://127.0.0.1:{Peer.FreePort()}");
        builder.WebHost.UseUrls(Web.ToString());
        web = builder.Build();
        web.MapPost("/air/enrolments", Enrol);
        web.MapGet("/air/enrolments/{id:guid}", Claimed);
    }

    public Uri Web { get; }

    public IPEndPoint Mqtt => mqtt.EndPoint;

    /// <summary>The timetable version each speaker last said it holds.</summary>
    public ConcurrentDictionary<Guid, long> Held { get; } = new();

    public Task Open() => web.StartAsync();

    public IReadOnlyList<Guid> Connected => [.. enrolled.Keys.Where(id => mqtt.IsConnected($"{id:D}"))];

    public void Say(Guid speaker, AirTopic topic, ReadOnlySpan<byte> message) =>
        mqtt.Send($"{speaker:D}", Topics.Of(speaker, topic), message, Qos.AtLeastOnce);

    public byte[] Timetable(Guid speaker, long version, IReadOnlyList<TimetableItem> items)
    {
        var now = TimeProvider.System.GetUtcNow();
        var timetable = new Timetable(speaker, version, now, now, now.AddDays(7), items).Sign(key);
        return new TimetableMessage(timetable, [], [word], null).ToBytes();
    }

    public byte[] Command(Guid speaker, string name, CommandArgs args)
    {
        var now = TimeProvider.System.GetUtcNow();
        var nonce = $"{Guid.CreateVersion7():N}";
        var command = new Command(Guid.CreateVersion7(), speaker, name, args, nonce, now, now.AddMinutes(5));
        return new CommandMessage(command.Sign(key), [word]).ToBytes();
    }

    public ValueTask<AdmissionDecision> Admit(ConnectRequest request, CancellationToken cancel) =>
        ValueTask.FromResult(
            AdmissionDecision.Challenge(
                Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(20)))
            )
        );

    public ValueTask<AdmissionDecision> Answer(
        ConnectRequest request,
        ReadOnlyMemory<byte> answer,
        CancellationToken cancel
    ) => ValueTask.FromResult(AdmissionDecision.Accept());

    public bool MayPublish(string clientId, ReadOnlySpan<byte> topic) => true;

    public bool MaySubscribe(string clientId, string filter) => true;

    public ValueTask Receive(string clientId, ReceivedMessage message, CancellationToken cancel)
    {
        if (
            Topics.TryParse(message.TopicUtf8.Span, out var speaker, out var topic)
            && topic == AirTopic.OutState
            && StateMessage.TryRead(message.Payload.Span, out var state)
            && state.Online
        )
            Held[speaker] = state.Timetable ?? 0;
        return ValueTask.CompletedTask;
    }

    public void Failed(string? clientId, Exception failure) => Console.Error.WriteLine(failure.Message);

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        await mqtt.DisposeAsync();
    }

    async Task<IResult> Enrol(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (
            !EnrolmentRequest.TryRead(body.ToArray(), out var asked)
            || Enrolment.Verify(asked.Enrolment) is not { Ok: true } verdict
        )
            return Results.BadRequest();
        var id = new Guid(SHA256.HashData(Encoding.ASCII.GetBytes(verdict.Signed.KeyId)).AsSpan(0, 16));
        enrolled[id] = verdict.Document;
        var opened = new EnrolmentOpened(
            id,
            "ABCD-EFGH",
            TimeProvider.System.GetUtcNow().AddMinutes(30),
            root.Public.Jwk,
            Name,
            $"{Mqtt}"
        );
        request.HttpContext.Response.StatusCode = 201;
        return Results.Bytes(opened.ToBytes(), "application/json");
    }

    IResult Claimed(Guid id)
    {
        if (!enrolled.TryGetValue(id, out var enrolment) || !PublicKey.TryFrom(enrolment.Jwk, out var its))
            return Results.NotFound();
        var placement = new Placement(
            Guid.CreateVersion7(),
            id,
            its.KeyId,
            1,
            [province],
            TimeProvider.System.GetUtcNow()
        );
        var status = new EnrolmentStatus(EnrolmentState.Claimed, id, placement.Sign(root), [word]);
        return Results.Bytes(status.ToBytes(), "application/json");
    }
}
