namespace Loa.Mqtt.Server;

/// <summary>The host's answer to a client that connects: admitted, refused, or to prove itself.</summary>
public sealed record AdmissionDecision
{
    AdmissionDecision() { }

    internal AdmissionKind Kind { get; private init; }

    internal ReasonCode Reason { get; private init; }

    internal ReadOnlyMemory<byte> Data { get; private init; }

    public static AdmissionDecision Accept(ReadOnlyMemory<byte> data = default) =>
        new() { Kind = AdmissionKind.Accept, Data = data };

    public static AdmissionDecision Refuse(ReasonCode reason) => new() { Kind = AdmissionKind.Refuse, Reason = reason };

    /// <summary>Sends the data to the client, whose reply comes to <see cref="IMqttHost.Answer"/>. Needs MQTT 5.</summary>
    public static AdmissionDecision Challenge(ReadOnlyMemory<byte> data) =>
        new() { Kind = AdmissionKind.Challenge, Data = data };
}

enum AdmissionKind
{
    Refuse,
    Accept,
    Challenge,
}
