namespace Loa.Mqtt.Server;

/// <summary>
/// What the owner of an <see cref="MqttServer"/> decides: which clients are admitted, what each may say and hear, and what becomes of a
/// message. Calls about one client never overlap; calls about different clients do.
/// </summary>
public interface IMqttHost
{
    /// <summary>A client asks to be admitted, or (<see cref="ConnectRequest.Reauthenticating"/>) to prove itself again.</summary>
    ValueTask<AdmissionDecision> Admit(ConnectRequest request, CancellationToken cancel);

    /// <summary>A client answers the challenge it was given.</summary>
    ValueTask<AdmissionDecision> Answer(
        ConnectRequest request,
        ReadOnlyMemory<byte> answer,
        CancellationToken cancel
    ) => ValueTask.FromResult(AdmissionDecision.Refuse(ReasonCode.BadAuthenticationMethod));

    bool MayPublish(string clientId, ReadOnlySpan<byte> topic);

    bool MaySubscribe(string clientId, string filter);

    /// <summary>A message came in. It is acknowledged to the client when this completes, and never when it throws.</summary>
    ValueTask Receive(string clientId, ReceivedMessage message, CancellationToken cancel);

    /// <summary>The same for a host that may object to what it got; a will has nobody who could be told.</summary>
    async ValueTask<Objection?> Take(string clientId, ReceivedMessage message, CancellationToken cancel)
    {
        await Receive(clientId, message, cancel);
        return null;
    }

    ValueTask Connected(string clientId, bool sessionPresent, CancellationToken cancel) => ValueTask.CompletedTask;

    ValueTask Disconnected(string clientId, Disconnection disconnection, bool sessionKept, CancellationToken cancel) =>
        ValueTask.CompletedTask;

    /// <summary>
    /// One of the calls above threw, or the server met a fault of its own; only the connection concerned was closed. Must
    /// not throw.
    /// </summary>
    void Failed(string? clientId, Exception failure);
}
