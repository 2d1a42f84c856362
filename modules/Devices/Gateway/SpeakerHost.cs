using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Loa.Air;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Kernel;
using Loa.Mqtt;
using Loa.Mqtt.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Loa.Devices.Gateway;

/// <summary>
/// Who may connect and what he may say: a speaker that proves its key for this very connection, on its own topics,
/// in bounded messages and not too many of them.
/// </summary>
sealed partial class SpeakerHost(
    IServiceScopeFactory scopes,
    Lines lines,
    Intake intake,
    TellTime time,
    HealthBoard health,
    IOptions<GatewayOptions> options,
    TimeProvider clock,
    ILogger<SpeakerHost> log
) : IMqttHost
{
    const int NonceBytes = 32;
    const int AttemptsAtOnce = 20;

    readonly Allowance<Guid> messages = new(options.Value.MessagesAtOnce, options.Value.MessagesPerSecond, clock);
    readonly Allowance<Guid> attempts = new(AttemptsAtOnce, AttemptsAtOnce / 60.0, clock);
    readonly Allowance<IPAddress> failures = new(
        options.Value.FailuresPerMinute,
        options.Value.FailuresPerMinute / 60.0,
        clock
    );

    public ValueTask<Admission> Admit(ConnectRequest request, CancellationToken cancel)
    {
        if (!failures.Has(AddressOf(request)))
            return Refused(ReasonCode.ConnectionRateExceeded);
        if (request.AuthenticationMethod != ConnectionProof.Method)
            return Failed(request, ReasonCode.BadAuthenticationMethod);
        if (!TryName(request.ClientId, out _))
            return Failed(request, ReasonCode.ClientIdentifierNotValid);
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
        request.State = nonce;
        return ValueTask.FromResult(Admission.Challenge(Encoding.ASCII.GetBytes(nonce)));
    }

    public async ValueTask<Admission> Answer(
        ConnectRequest request,
        ReadOnlyMemory<byte> answer,
        CancellationToken cancel
    )
    {
        // Each challenge is answered once.
        var nonce = (string?)request.State;
        request.State = null;
        if (nonce is null || !TryName(request.ClientId, out var speaker) || !attempts.Take(speaker))
            return await Failed(request, ReasonCode.NotAuthorized);

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DevicesDb>();
        var key = (await db.Keys.AsNoTracking().FirstOrDefaultAsync(k => k.SpeakerId == speaker, cancel))?.Public;
        if (key is null)
            return await Failed(request, ReasonCode.NotAuthorized);
        var proof = ConnectionProof.Verify(
            Encoding.UTF8.GetString(answer.Span),
            speaker,
            key,
            options.Value.ServerName,
            nonce
        );
        if (!proof.Ok)
        {
            Log.NotProved(log, speaker, request.RemoteEndPoint, proof.Reason);
            return await Failed(request, ReasonCode.NotAuthorized);
        }
        lines.Prove(speaker, key);
        return Admission.Accept();
    }

    public bool MayPublish(string clientId, ReadOnlySpan<byte> topic) =>
        TryName(clientId, out var speaker)
        && Topics.TryParse(topic, out var named, out var about)
        && named == speaker
        && !Topics.IsIn(about);

    public bool MaySubscribe(string clientId, string filter) =>
        TryName(clientId, out var speaker)
        && (
            filter == Topics.AllIn(speaker)
            || (Topics.TryParse(filter, out var named, out var about) && named == speaker && Topics.IsIn(about))
        );

    public async ValueTask Receive(string clientId, ReceivedMessage message, CancellationToken cancel)
    {
        // Before all else, for the speaker that asks for the time.
        var received = clock.GetUtcNow();
        if (!TryName(clientId, out var speaker))
            return;
        if (!messages.Take(speaker))
        {
            Log.TooMuch(log, speaker);
            lines.Calm(speaker);
            return;
        }
        if (!Topics.TryParse(message.TopicUtf8.Span, out _, out var topic))
        {
            Log.Unreadable(log, speaker, message.Topic, message.Payload.Length);
            return;
        }
        if (topic == AirTopic.OutTime && TimeQuestion.TryRead(message.Payload.Span, out var question))
        {
            await time.Answer(speaker, question, received, cancel);
            return;
        }
        // Told again each minute and again on each connection, so it need not be stored before it is believed.
        if (topic == AirTopic.OutHealth && HealthMessage.TryRead(message.Payload.Span, out var fares))
        {
            health.Take(speaker, fares, clock.Moment());
            return;
        }
        if (Report.Read(topic, message.Payload.Span, speaker, clock.Moment()) is not { } report)
        {
            Log.Unreadable(log, speaker, message.Topic, message.Payload.Length);
            return;
        }
        await intake.Take(report, cancel);
        // A record is confirmed by its own acknowledgement; a receipt has none, so it is stored before MQTT's.
        if (report is ReceiptReport)
            await report.Stored.WaitAsync(cancel);
    }

    public ValueTask Connected(string clientId, bool sessionPresent, CancellationToken cancel)
    {
        if (!TryName(clientId, out var speaker))
            return ValueTask.CompletedTask;
        health.Connected(speaker);
        return intake.Take(new ConnectedReport(speaker, clock.Moment()), cancel);
    }

    public ValueTask Disconnected(
        string clientId,
        Disconnection disconnection,
        bool sessionKept,
        CancellationToken cancel
    )
    {
        // That the server goes, or that the speaker is here by another line, says nothing about the speaker.
        if (
            disconnection.Reason is ReasonCode.ServerShuttingDown or ReasonCode.SessionTakenOver
            || !TryName(clientId, out var speaker)
        )
            return ValueTask.CompletedTask;
        return intake.Take(new GoneReport(speaker, clock.Moment()), cancel);
    }

    public void Failed(string? clientId, Exception failure) => Log.Broken(log, failure, clientId);

    ValueTask<Admission> Failed(ConnectRequest request, ReasonCode reason)
    {
        failures.Take(AddressOf(request));
        return Refused(reason);
    }

    static ValueTask<Admission> Refused(ReasonCode reason) => ValueTask.FromResult(Admission.Refuse(reason));

    static IPAddress AddressOf(ConnectRequest request) =>
        (request.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;

    static bool TryName(string clientId, out Guid speaker) =>
        Guid.TryParseExact(clientId, "D", out speaker) && !clientId.AsSpan().ContainsAnyInRange('A', 'F');

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Somebody at {Address} did not prove to be speaker {Speaker}: {Reason}")]
        public static partial void NotProved(ILogger log, Guid speaker, EndPoint? address, string reason);

        [LoggerMessage(2, LogLevel.Warning, "Speaker {Speaker} sends too many messages and was shown out")]
        public static partial void TooMuch(ILogger log, Guid speaker);

        [LoggerMessage(3, LogLevel.Warning, "Speaker {Speaker} sent {Bytes} bytes to {Topic} that nobody can read")]
        public static partial void Unreadable(ILogger log, Guid speaker, string topic, int bytes);

        [LoggerMessage(4, LogLevel.Error, "The gateway failed with {Client}; only its connection was closed")]
        public static partial void Broken(ILogger log, Exception exception, string? client);
    }
}
