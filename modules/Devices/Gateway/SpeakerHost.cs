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
    KeyDesk keys,
    Lines lines,
    IDirectory directory,
    Intake intake,
    Challenges challenges,
    RevokedKeys revoked,
    TellTime time,
    HealthBoard health,
    IOptions<GatewayOptions> options,
    TimeProvider clock,
    BackgroundWork<SpeakerHost> work
) : IMqttHost
{
    const int NonceBytes = 32;
    const int ComplaintsAtOnce = 5;

    readonly Allowance<Guid> messages = new(options.Value.MessagesAtOnce, options.Value.MessagesPerSecond, clock);

    // One that sends nonsense must not fill the server's log with it.
    readonly Allowance<Guid> complaints = new(ComplaintsAtOnce, 1 / 60.0, clock);

    // Where failures come from; an address is no culprit, so it only makes who comes from there wait a little.
    readonly Allowance<IPAddress> failures = new(
        options.Value.FailuresPerMinute,
        options.Value.FailuresPerMinute / 60.0,
        clock
    );

    public ValueTask<Admission> Admit(ConnectRequest request, CancellationToken cancel)
    {
        var byPassword = request is { AuthenticationMethod: null, UserName: not null };
        if (!byPassword && request.AuthenticationMethod != ConnectionProof.Method)
            return Failed(request, ReasonCode.BadAuthenticationMethod);
        if (!TryName(request.ClientId, out var speaker))
            return Failed(request, ReasonCode.ClientIdentifierNotValid);
        if (byPassword)
            return Admit(request, speaker, cancel);
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
        if (nonce is null || !TryName(request.ClientId, out var speaker))
            return await Failed(request, ReasonCode.NotAuthorized);
        return await Judge(request, speaker, Encoding.UTF8.GetString(answer.Span), nonce, wasFetched: false, cancel);
    }

    /// <summary>Without enhanced authentication the password is the proof, over a nonce that was fetched before.</summary>
    async ValueTask<Admission> Admit(ConnectRequest request, Guid speaker, CancellationToken cancel)
    {
        var password = Encoding.UTF8.GetString(request.Password.Span);
        if (
            request.UserName != request.ClientId
            || !ConnectionProof.TryRead(password, out var proof, out _)
            || !challenges.Knows(speaker, proof.Document.Nonce)
        )
            return await Failed(request, ReasonCode.BadUserNameOrPassword);
        return await Judge(request, speaker, password, proof.Document.Nonce, wasFetched: true, cancel);
    }

    async ValueTask<Admission> Judge(
        ConnectRequest request,
        Guid speaker,
        string compact,
        string nonce,
        bool wasFetched,
        CancellationToken cancel
    )
    {
        var known = await keys.Find(speaker, isHurried: failures.Has(OriginOf(request)), cancel);
        if (known is null || (await revoked.Now(cancel)).Covers(known.Key.KeyId, known.PlacedBy))
            return await Failed(request, ReasonCode.NotAuthorized);
        var proof = ConnectionProof.Verify(compact, speaker, known.Key, options.Value.ServerName, nonce, letOld: true);
        if (!proof.Ok)
        {
            if (failures.Has(OriginOf(request)))
                Log.NotProved(work.Log, speaker, request.RemoteEndPoint, proof.Reason);
            return await Failed(request, ReasonCode.NotAuthorized);
        }
        // Used up by the proof and not by who only names it.
        if (wasFetched && !challenges.Use(speaker, nonce))
            return await Failed(request, ReasonCode.BadUserNameOrPassword);
        lines.Prove(speaker, known.Key, known.Line, Terms.Of(proof.Document.Protocol, request.MaximumPacketSize));
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

    public async ValueTask Receive(string clientId, ReceivedMessage message, CancellationToken cancel) =>
        await Take(clientId, message, cancel);

    public async ValueTask<Objection?> Take(string clientId, ReceivedMessage message, CancellationToken cancel)
    {
        // Before all else, for the speaker that asks for the time.
        var received = clock.GetUtcNow();
        // A will tells what the line has told already.
        if (message.IsWill || !TryName(clientId, out var speaker))
            return null;
        if (!messages.Take(speaker))
        {
            Log.TooMuch(work.Log, speaker);
            lines.Calm(speaker);
            return null;
        }
        if (!Topics.TryParse(message.TopicUtf8.Span, out _, out var topic))
            return Object(speaker, message, null);
        if (topic == AirTopic.OutTime && TimeQuestion.TryRead(message.Payload.Span, out var question))
        {
            await time.Answer(speaker, question, received, cancel);
            return null;
        }
        // Told again each minute and again on each connection, so it need not be stored before it is believed.
        if (topic == AirTopic.OutHealth && HealthMessage.Heard(message.Payload.Span, received) is { } fares)
        {
            health.Take(speaker, fares, clock.Moment());
            return null;
        }
        if (Report.Read(topic, message.Payload.Span, speaker, clock.Moment(), out var fault) is not { } report)
            return Object(speaker, message, fault);
        await intake.Take(report, cancel);
        // A record is confirmed by its own acknowledgement; these have none, so they are stored before MQTT's.
        if (report is ReceiptReport or LogReport)
            await report.Stored.WaitAsync(cancel);
        return null;
    }

    public async ValueTask Connected(string clientId, bool sessionPresent, CancellationToken cancel)
    {
        if (!TryName(clientId, out var speaker))
            return;
        health.Connected(speaker);
        var line = await directory.Take(speaker, lines.Node, lines.After(speaker), cancel);
        lines.Took(speaker, line);
        await intake.Take(new ConnectedReport(speaker, clock.Moment(), line), cancel);
    }

    public async ValueTask Disconnected(
        string clientId,
        Disconnection disconnection,
        bool sessionKept,
        CancellationToken cancel
    )
    {
        if (!TryName(clientId, out var speaker) || lines.LineOf(speaker) is not { } line)
            return;
        lines.Ended(speaker, line);
        await directory.Leave(speaker, line, cancel);
        // That the server goes, or that the speaker is here by another line, says nothing about the speaker.
        if (disconnection.Reason is ReasonCode.ServerShuttingDown or ReasonCode.SessionTakenOver)
            return;
        await intake.Take(new GoneReport(speaker, clock.Moment(), line), cancel);
    }

    public void Failed(string? clientId, Exception failure)
    {
        if (Outage.Of(failure) is null)
            Log.Broken(work.Log, failure, clientId);
        else
            work.Failed(failure);
    }

    // A speaker of before takes no for the end of its connection, and would come again with the same.
    Objection? Object(Guid speaker, ReceivedMessage message, string? member)
    {
        if (complaints.Take(speaker))
            Log.Unreadable(work.Log, speaker, message.Topic, message.Payload.Length, Words(member));
        return lines.IsOld(speaker) ? null : new(ReasonCode.PayloadFormatInvalid, Words(member));
    }

    // What a stranger wrote does not come back to him as it was.
    static string? Words(string? member) =>
        member is null ? null
        : member.Length <= 100 && member.All(sign => char.IsAscii(sign) && !char.IsControl(sign)) ? member
        : "member";

    ValueTask<Admission> Failed(ConnectRequest request, ReasonCode reason)
    {
        failures.Take(OriginOf(request));
        return ValueTask.FromResult(Admission.Refuse(reason));
    }

    static IPAddress OriginOf(ConnectRequest request) =>
        Caller.NetworkOf((request.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None);

    // One spelling, or one speaker would be two clients.
    static bool TryName(string clientId, out Guid speaker) => LowerCaseId.TryParse(clientId, out speaker);

    static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Somebody at {Address} did not prove to be speaker {Speaker}: {Reason}")]
        public static partial void NotProved(ILogger log, Guid speaker, EndPoint? address, string reason);

        [LoggerMessage(2, LogLevel.Warning, "Speaker {Speaker} sends too many messages and was shown out")]
        public static partial void TooMuch(ILogger log, Guid speaker);

        [LoggerMessage(
            3,
            LogLevel.Warning,
            "Speaker {Speaker} sent {Bytes} bytes to {Topic} that nobody can read, because of {Member}"
        )]
        public static partial void Unreadable(ILogger log, Guid speaker, string topic, int bytes, string? member);

        [LoggerMessage(4, LogLevel.Error, "The gateway failed with {Client}; only its connection was closed")]
        public static partial void Broken(ILogger log, Exception exception, string? client);
    }
}
