using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Loa.Air;
using Loa.Mqtt;
using Loa.Mqtt.Server;

namespace Loa.Speaker.InABox;

/// <summary>The province's door for speakers: the real MQTT server, asking for the real proof.</summary>
sealed class ProvinceGate(string serverName) : IMqttHost
{
    readonly ConcurrentDictionary<string, SpeakerMirror> speakers = new();

    public MqttServer? Server { get; set; }

    /// <summary>So many connections get a challenge that nobody can answer.</summary>
    public int BadChallenges { get; set; }

    /// <summary>What time it is; null when nobody answers.</summary>
    public Func<SpeakerMirror, TimeQuestion, byte[]>? Clock { get; set; }

    /// <summary>How it tells which records it holds.</summary>
    public Func<Acknowledgement, AckMessage>? Acks { get; set; }

    /// <summary>What whoever stands between makes of a record on its way.</summary>
    public Func<string, string> OnTheWay { get; set; } = record => record;

    /// <summary>Errors of the test's own making.</summary>
    public ConcurrentQueue<Exception> Failures { get; } = new();

    public IReadOnlyList<SpeakerMirror> Speakers => [.. speakers.Values];

    public void Add(SpeakerMirror speaker) => speakers[$"{speaker.Id:d}"] = speaker;

    /// <summary>Lets it in no more.</summary>
    public void Bar(SpeakerMirror speaker) => speakers.TryRemove($"{speaker.Id:d}", out _);

    public ValueTask<AdmissionDecision> Admit(ConnectRequest request, CancellationToken cancel)
    {
        if (request.AuthenticationMethod != ConnectionProof.Method || !speakers.ContainsKey(request.ClientId))
            return ValueTask.FromResult(AdmissionDecision.Refuse(ReasonCode.NotAuthorized));
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        request.State = nonce;
        if (BadChallenges-- > 0)
            return ValueTask.FromResult(AdmissionDecision.Challenge(new byte[] { 0xFF, 0 }));
        return ValueTask.FromResult(AdmissionDecision.Challenge(Encoding.ASCII.GetBytes(nonce)));
    }

    public ValueTask<AdmissionDecision> Answer(
        ConnectRequest request,
        ReadOnlyMemory<byte> answer,
        CancellationToken cancel
    )
    {
        var speaker = speakers[request.ClientId];
        var proof = Encoding.ASCII.GetString(answer.Span);
        var verdict = ConnectionProof.Verify(proof, speaker.Id, speaker.Key, serverName, (string)request.State!);
        return ValueTask.FromResult(
            verdict.Ok ? AdmissionDecision.Accept() : AdmissionDecision.Refuse(ReasonCode.NotAuthorized)
        );
    }

    public bool MayPublish(string clientId, ReadOnlySpan<byte> topic) =>
        Topics.TryParse(topic, out var speaker, out var which) && $"{speaker:d}" == clientId && !Topics.IsIn(which);

    public bool MaySubscribe(string clientId, string filter) =>
        filter == Topics.AllIn(Guid.Parse(clientId)) || Topics.TryParseSound(Encoding.ASCII.GetBytes(filter), out _);

    public ValueTask Receive(string clientId, ReceivedMessage message, CancellationToken cancel)
    {
        var speaker = speakers[clientId];
        if (!Topics.TryParse(message.TopicUtf8.Span, out _, out var topic))
            throw new InvalidDataException(message.Topic);
        if (topic == AirTopic.OutTime && TimeQuestion.TryRead(message.Payload.Span, out var question))
        {
            if (Clock is { } clock)
                Send(speaker, AirTopic.InTime, clock(speaker, question));
            speaker.Hear(topic, message.Payload.Span);
            return ValueTask.CompletedTask;
        }
        speaker.Hear(topic, Passed(topic, message.Payload.Span));
        if (topic == AirTopic.OutRecord && !speaker.HoldAcks)
            Acknowledge(speaker);
        if (topic == AirTopic.OutState && !message.IsWill && StateMessage.TryRead(message.Payload.Span, out var state))
            BringUpToDate(speaker, state);
        return ValueTask.CompletedTask;
    }

    public void Failed(string? clientId, Exception failure) => Failures.Enqueue(failure);

    public Delivery Send(SpeakerMirror speaker, AirTopic topic, byte[] message) =>
        Server!.Send($"{speaker.Id:d}", Topics.Of(speaker.Id, topic), message, Qos.AtLeastOnce);

    public void Acknowledge(SpeakerMirror speaker) => Send(speaker, AirTopic.InAck, Acks!(speaker.Ack).ToBytes());

    byte[] Passed(AirTopic topic, ReadOnlySpan<byte> payload) =>
        topic == AirTopic.OutRecord && RecordMessage.TryRead(payload, out var record)
            ? new RecordMessage(OnTheWay(record.Record)).ToBytes()
            : payload.ToArray();

    void BringUpToDate(SpeakerMirror speaker, StateMessage state)
    {
        if (!speaker.HoldAcks)
            Acknowledge(speaker);
        if (speaker.Desired is { } desired && state.Timetable < desired.Version)
            Send(speaker, AirTopic.InTimetable, desired.Message);
    }
}
