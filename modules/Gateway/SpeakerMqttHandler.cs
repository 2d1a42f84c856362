using Loa.Air;
using Loa.Contracts.Gateway;
using Loa.Kernel;
using Loa.Mqtt;
using Loa.Mqtt.Server;
using Microsoft.Extensions.Logging;

namespace Loa.Gateway;

/// <summary>Tells the MQTT server who may connect and what a speaker may say: on its own topics, and nothing about others.</summary>
sealed partial class SpeakerMqttHandler(
    SpeakerAdmission admission,
    SpeakerMessages messages,
    NodeConnections node,
    IConnectionRegistry connections,
    ReportIngest ingest,
    TellRoots roots,
    BackgroundWork<SpeakerMqttHandler> work
) : IMqttHost
{
    public ValueTask<AdmissionDecision> Admit(ConnectRequest request, CancellationToken cancel) =>
        admission.Admit(request, cancel);

    public ValueTask<AdmissionDecision> Answer(
        ConnectRequest request,
        ReadOnlyMemory<byte> answer,
        CancellationToken cancel
    ) => admission.Answer(request, answer, cancel);

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

    public ValueTask<Objection?> Take(string clientId, ReceivedMessage message, CancellationToken cancel) =>
        // A will tells what the connection has told already.
        message.IsWill || !TryName(clientId, out var speaker)
            ? new((Objection?)null)
            : messages.Take(speaker, message, cancel);

    public async ValueTask Connected(string clientId, bool sessionPresent, CancellationToken cancel)
    {
        if (!TryName(clientId, out var speaker))
            return;
        messages.Connected(speaker);
        var connection = await connections.Take(speaker, node.Name, node.After(speaker), cancel);
        node.Took(speaker, connection);
        // Whoever kept its session hears what waited for it as soon as it is stored that it is here.
        if (sessionPresent)
            await roots.Send(node, [speaker], cancel);
        await ingest.Connected(speaker, connection, cancel);
    }

    public async ValueTask Disconnected(
        string clientId,
        Disconnection disconnection,
        bool sessionKept,
        CancellationToken cancel
    )
    {
        if (!TryName(clientId, out var speaker) || node.ConnectionOf(speaker) is not { } connection)
            return;
        node.Ended(speaker, connection);
        await connections.Leave(speaker, connection, cancel);
        // That the server goes, or that the speaker is here by another connection, says nothing about the speaker.
        if (disconnection.Reason is ReasonCode.ServerShuttingDown or ReasonCode.SessionTakenOver)
            return;
        await ingest.Gone(speaker, connection, cancel);
    }

    public void Failed(string? clientId, Exception failure)
    {
        if (Outage.Of(failure) is null)
            Log.Broken(work.Log, failure, clientId);
        else
            work.Failed(failure);
    }

    // One spelling, or one speaker would be two clients.
    static bool TryName(string clientId, out Guid speaker) => LowerCaseId.TryParse(clientId, out speaker);

    static partial class Log
    {
        [LoggerMessage(4, LogLevel.Error, "The gateway failed with {Client}; only its connection was closed")]
        public static partial void Broken(ILogger log, Exception exception, string? client);
    }
}
