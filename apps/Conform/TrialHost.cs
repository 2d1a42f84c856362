using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Loa.Air;
using Loa.Mqtt;
using Loa.Mqtt.Server;

namespace Loa.Conform;

/// <summary>Lets the speaker in by its proof, answers its questions for the time, and acknowledges its records.</summary>
sealed class TrialHost(TrialKeys keys) : IMqttHost
{
    readonly ConcurrentDictionary<Guid, TestedSpeaker> speakers = new();
    readonly ConcurrentDictionary<string, bool> challenges = new();

    public Action<Guid, AirTopic, byte[]> Say { get; set; } = (_, _, _) => { };

    public void Add(TestedSpeaker speaker) => speakers[speaker.Id] = speaker;

    /// <summary>A nonce for a client that cannot be challenged while it connects.</summary>
    public string Challenge()
    {
        var nonce = NewNonce();
        challenges[nonce] = true;
        return nonce;
    }

    public ValueTask<AdmissionDecision> Admit(ConnectRequest request, CancellationToken cancel)
    {
        if (Find(request.ClientId) is not { } speaker)
            return ValueTask.FromResult(AdmissionDecision.Refuse(ReasonCode.NotAuthorized));
        if (request.AuthenticationMethod == ConnectionProof.Method)
        {
            var nonce = NewNonce();
            request.State = nonce;
            return ValueTask.FromResult(AdmissionDecision.Challenge(Encoding.ASCII.GetBytes(nonce)));
        }
        var proof = Encoding.ASCII.GetString(request.Password.Span);
        var good =
            request.UserName == request.ClientId
            && ConnectionProof.TryRead(proof, out var read, out _)
            && challenges.TryRemove(read.Document.Nonce, out _)
            && IsProof(speaker, proof, read.Document.Nonce);
        return ValueTask.FromResult(
            good ? AdmissionDecision.Accept() : AdmissionDecision.Refuse(ReasonCode.BadUserNameOrPassword)
        );
    }

    public ValueTask<AdmissionDecision> Answer(
        ConnectRequest request,
        ReadOnlyMemory<byte> answer,
        CancellationToken cancel
    )
    {
        var good =
            Find(request.ClientId) is { } speaker
            && IsProof(speaker, Encoding.ASCII.GetString(answer.Span), (string)request.State!);
        return ValueTask.FromResult(
            good ? AdmissionDecision.Accept() : AdmissionDecision.Refuse(ReasonCode.NotAuthorized)
        );
    }

    public bool MayPublish(string clientId, ReadOnlySpan<byte> topic) =>
        Topics.TryParse(topic, out var speaker, out var about) && $"{speaker:d}" == clientId && !Topics.IsIn(about);

    public bool MaySubscribe(string clientId, string filter) =>
        Find(clientId) is { } speaker && filter == Topics.AllIn(speaker.Id);

    public ValueTask Receive(string clientId, ReceivedMessage message, CancellationToken cancel)
    {
        if (message.IsWill || Find(clientId) is not { } speaker)
            return ValueTask.CompletedTask;
        if (!Topics.TryParse(message.TopicUtf8.Span, out _, out var topic))
            return ValueTask.CompletedTask;
        if (topic == AirTopic.OutTime && TimeQuestion.TryRead(message.Payload.Span, out var question))
            Say(speaker.Id, AirTopic.InTime, Tell(speaker, question));
        speaker.Hear(topic, message.Payload.Span);
        // On each connection the changes of root come before all else.
        if (topic == AirTopic.OutState && keys.Changes.Count > 0)
            Say(speaker.Id, AirTopic.InRoot, new RootMessage([.. keys.Changes]).ToBytes());
        if (topic is AirTopic.OutState or AirTopic.OutRecord)
            Say(speaker.Id, AirTopic.InAck, Acknowledge(speaker));
        if (topic == AirTopic.OutState)
            BringUpToDate(speaker);
        return ValueTask.CompletedTask;
    }

    public void Failed(string? clientId, Exception failure)
    {
        if (clientId is not null && Find(clientId) is { } speaker)
            speaker.Object($"the trial itself failed: {failure.Message}");
    }

    void BringUpToDate(TestedSpeaker speaker)
    {
        if (keys.Revocations is { } revocations && speaker.State?.Revocations is null or 0)
            Say(speaker.Id, AirTopic.InRevocations, new RevocationsMessage(revocations).ToBytes());
        if (speaker.Desired is { } desired && (speaker.State?.Timetable ?? 0) < desired.Version)
            Say(speaker.Id, AirTopic.InTimetable, desired.Whole);
    }

    byte[] Tell(TestedSpeaker speaker, TimeQuestion question)
    {
        var now = ToldTime.Microseconds(TimeProvider.System.GetUtcNow());
        return new TimeMessage(
            new ToldTime(speaker.Id, question.Nonce, now, now).Sign(keys.Server),
            question.Delegations ? keys.Delegations() : null
        ).ToBytes();
    }

    byte[] Acknowledge(TestedSpeaker speaker)
    {
        var (head, nonce) = (speaker.Head, speaker.State?.Nonce);
        var ack = new Acknowledgement(speaker.Id, head.Seq, head.Hash, Moment.Now(), nonce);
        return new AckMessage(
            head.Seq,
            head.Hash,
            Ack: ack.Sign(keys.Server),
            Delegations: keys.Delegations()
        ).ToBytes();
    }

    TestedSpeaker? Find(string clientId) => Guid.TryParse(clientId, out var id) ? speakers.GetValueOrDefault(id) : null;

    static bool IsProof(TestedSpeaker speaker, string proof, string nonce) =>
        ConnectionProof.Verify(proof, speaker.Id, speaker.Key, TrialServer.Name, nonce).Ok;

    static string NewNonce() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
