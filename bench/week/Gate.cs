using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Loa.Air;
using Loa.Mqtt;
using Loa.Mqtt.Server;

namespace Loa.Bench.Week;

/// <summary>The server's side of the door: it asks for the proof, tells the time, gives timetables and keeps records, as a province does.</summary>
sealed class Gate(World world, Office office) : IMqttHost
{
    readonly Dictionary<string, Cabinet> cabinets = [];

    public MqttServer Server { get; set; } = null!;

    /// <summary>Faults of the show's own making, or of the server.</summary>
    public List<Exception> Failures { get; } = [];

    public void Add(Cabinet cabinet) => cabinets[$"{cabinet.Id:d}"] = cabinet;

    public ValueTask<AdmissionDecision> Admit(ConnectRequest request, CancellationToken cancel)
    {
        if (request.AuthenticationMethod != ConnectionProof.Method || !cabinets.ContainsKey(request.ClientId))
            return ValueTask.FromResult(AdmissionDecision.Refuse(ReasonCode.NotAuthorized));
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        request.State = nonce;
        return ValueTask.FromResult(AdmissionDecision.Challenge(Encoding.ASCII.GetBytes(nonce)));
    }

    public ValueTask<AdmissionDecision> Answer(
        ConnectRequest request,
        ReadOnlyMemory<byte> answer,
        CancellationToken cancel
    )
    {
        var cabinet = cabinets[request.ClientId];
        var proof = Encoding.ASCII.GetString(answer.Span);
        var key = cabinet.Key.Public;
        var verdict = ConnectionProof.Verify(proof, cabinet.Id, key, Office.ServerName, (string)request.State!);
        return ValueTask.FromResult(
            verdict.Ok ? AdmissionDecision.Accept() : AdmissionDecision.Refuse(ReasonCode.NotAuthorized)
        );
    }

    public bool MayPublish(string clientId, ReadOnlySpan<byte> topic) =>
        Topics.TryParse(topic, out var speaker, out var which) && $"{speaker:d}" == clientId && !Topics.IsIn(which);

    public bool MaySubscribe(string clientId, string filter) => filter == Topics.AllIn(Guid.Parse(clientId));

    public ValueTask Connected(string clientId, bool sessionPresent, CancellationToken cancel)
    {
        cabinets[clientId].Offered = 0;
        return ValueTask.CompletedTask;
    }

    public ValueTask Receive(string clientId, ReceivedMessage message, CancellationToken cancel)
    {
        var cabinet = cabinets[clientId];
        if (!Topics.TryParse(message.TopicUtf8.Span, out _, out var topic))
            throw new InvalidDataException(message.Topic);
        var payload = message.Payload.Span;
        if (topic == AirTopic.OutTime && TimeQuestion.TryRead(payload, out var question))
            Tell(cabinet, question);
        else if (topic == AirTopic.OutRecord && RecordMessage.TryRead(payload, out var record))
            Keep(cabinet, record.Record);
        else if (topic == AirTopic.OutState && !message.IsWill && StateMessage.TryRead(payload, out var state))
        {
            cabinet.Nonce = state.Nonce;
            BringUpToDate(cabinet, state.Timetable ?? 0);
        }
        return ValueTask.CompletedTask;
    }

    public void Failed(string? clientId, Exception failure) => Failures.Add(failure);

    /// <summary>There is a newer timetable.</summary>
    public void Ordered(Cabinet cabinet)
    {
        // Who is away is told when he says what he holds.
        if (!Server.IsConnected($"{cabinet.Id:d}"))
            return;
        cabinet.Offered = cabinet.Orders.Version;
        Send(cabinet, AirTopic.InTimetable, cabinet.Orders.For(cabinet.Orders.Version - 1));
    }

    void Tell(Cabinet cabinet, TimeQuestion question)
    {
        var now = ToldTime.Microseconds(world.Now);
        var told = new ToldTime(cabinet.Id, question.Nonce, now, now).Sign(office.Server);
        Send(
            cabinet,
            AirTopic.InTime,
            new TimeMessage(told, question.Delegations == true ? office.Delegations : null).ToBytes()
        );
    }

    void Keep(Cabinet cabinet, string record)
    {
        cabinet.Diary.Take(record);
        Acknowledge(cabinet);
    }

    void BringUpToDate(Cabinet cabinet, long held)
    {
        if (cabinet.Offered == 0)
            Acknowledge(cabinet);
        var wanted = cabinet.Orders.Version;
        // What was offered on this connection is on its way, unless only a whole one helps.
        if (held >= wanted || (cabinet.Offered == wanted && held > 0))
            return;
        cabinet.Offered = wanted;
        Send(cabinet, AirTopic.InTimetable, cabinet.Orders.For(held));
    }

    void Acknowledge(Cabinet cabinet)
    {
        var head = cabinet.Diary.Head;
        var signed = new Acknowledgement(cabinet.Id, head.Seq, head.Hash, world.Now, cabinet.Nonce).Sign(office.Server);
        Send(
            cabinet,
            AirTopic.InAck,
            new AckMessage(head.Seq, head.Hash, Ack: signed, Delegations: office.Delegations).ToBytes()
        );
    }

    void Send(Cabinet cabinet, AirTopic topic, byte[] message) =>
        Server.Send($"{cabinet.Id:d}", Topics.Of(cabinet.Id, topic), message, Qos.AtLeastOnce);
}
