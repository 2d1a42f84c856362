using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;

namespace Loa.Mqtt.Server;

/// <summary>A host that lets all in and remembers what it was told; a test replaces what it is about.</summary>
sealed class TestHost : IMqttHost
{
    public sealed record Heard(string ClientId, string Topic, string Payload, Qos Qos, bool Duplicate, bool IsWill);

    public sealed record Left(string ClientId, Disconnection Why, bool SessionKept);

    public Channel<Heard> Messages { get; } = Channel.CreateUnbounded<Heard>();

    public Channel<(string ClientId, bool SessionPresent)> Arrivals { get; } =
        Channel.CreateUnbounded<(string, bool)>();

    public ConcurrentDictionary<string, int> ArrivalsOf { get; } = [];

    public Channel<Left> Departures { get; } = Channel.CreateUnbounded<Left>();

    public Channel<Exception> Failures { get; } = Channel.CreateUnbounded<Exception>();

    public Func<ConnectRequest, AdmissionDecision> Admitting { get; set; } = _ => AdmissionDecision.Accept();

    /// <summary>How long it takes to judge.</summary>
    public Func<ConnectRequest, Task> Judging { get; set; } = _ => Task.CompletedTask;

    public int Asked => asked;

    int asked;

    public Func<ConnectRequest, string, AdmissionDecision> Answering { get; set; } =
        (_, _) => AdmissionDecision.Refuse(ReasonCode.NotAuthorized);

    public Func<string, string, bool> Publishing { get; set; } = (_, _) => true;

    public Func<string, string, bool> Subscribing { get; set; } = (_, _) => true;

    public Func<string, ReceivedMessage, ValueTask> Receiving { get; set; } = (_, _) => ValueTask.CompletedTask;

    /// <summary>How long it takes to hear that a client is gone.</summary>
    public Func<string, Task> Leaving { get; set; } = _ => Task.CompletedTask;

    public async ValueTask<AdmissionDecision> Admit(ConnectRequest request, CancellationToken cancel)
    {
        Interlocked.Increment(ref asked);
        await Judging(request);
        return Admitting(request);
    }

    public ValueTask<AdmissionDecision> Answer(
        ConnectRequest request,
        ReadOnlyMemory<byte> answer,
        CancellationToken cancel
    ) => ValueTask.FromResult(Answering(request, Encoding.UTF8.GetString(answer.Span)));

    public bool MayPublish(string clientId, ReadOnlySpan<byte> topic) =>
        Publishing(clientId, Encoding.UTF8.GetString(topic));

    public bool MaySubscribe(string clientId, string filter) => Subscribing(clientId, filter);

    public async ValueTask Receive(string clientId, ReceivedMessage message, CancellationToken cancel)
    {
        await Receiving(clientId, message);
        Messages.Writer.TryWrite(
            new Heard(
                clientId,
                message.Topic,
                Encoding.UTF8.GetString(message.Payload.Span),
                message.Qos,
                message.Duplicate,
                message.IsWill
            )
        );
    }

    public ValueTask Connected(string clientId, bool sessionPresent, CancellationToken cancel)
    {
        ArrivalsOf.AddOrUpdate(clientId, 1, (_, count) => count + 1);
        Arrivals.Writer.TryWrite((clientId, sessionPresent));
        return ValueTask.CompletedTask;
    }

    public async ValueTask Disconnected(
        string clientId,
        Disconnection disconnection,
        bool sessionKept,
        CancellationToken cancel
    )
    {
        await Leaving(clientId);
        Departures.Writer.TryWrite(new Left(clientId, disconnection, sessionKept));
    }

    public void Failed(string? clientId, Exception failure) => Failures.Writer.TryWrite(failure);
}
