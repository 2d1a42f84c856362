using System.Net;
using System.Threading.Channels;
using Loa.Mqtt.Client;

namespace Loa.Mqtt.Server;

/// <summary>A server on a free port with a remembering host, and the devices a test lets connect to it.</summary>
sealed class Gateway : IAsyncDisposable
{
    readonly List<IAsyncDisposable> devices = [];

    public Gateway(Func<MqttServerOptions, MqttServerOptions>? with = null)
    {
        var options = new MqttServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) };
        Server = new MqttServer(with?.Invoke(options) ?? options, Host, Clock);
        Server.Start();
    }

    public HeldClock Clock { get; } = new();

    public TestHost Host { get; } = new();

    public MqttServer Server { get; }

    public int Port => Server.EndPoint.Port;

    public Device Device(string id = "speaker", Func<MqttClientOptions, MqttClientOptions>? with = null)
    {
        var device = new Device(this, id, with ?? (options => options));
        devices.Add(device);
        return device;
    }

    public async Task<Device> Connected(string id = "speaker", Func<MqttClientOptions, MqttClientOptions>? with = null)
    {
        var device = Device(id, with);
        await device.Reconnect();
        return device;
    }

    public async Task<RawDevice> Raw() => await RawDevice.Dial(Port);

    public Task Accepted(int connections) => Patience.Until(() => Server.ConnectionCount == connections);

    public async ValueTask DisposeAsync()
    {
        foreach (var device in devices)
            await device.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>A client with a kept session that remembers what it received.</summary>
sealed class Device : IAsyncDisposable
{
    public sealed record Heard(string Topic, string Payload, Qos Qos, bool Duplicate)
    {
        public bool Retain { get; init; }
    }

    readonly TestHost host;
    readonly string id;

    public Device(Gateway gateway, string id, Func<MqttClientOptions, MqttClientOptions> with)
    {
        (host, this.id) = (gateway.Host, id);
        var options = new MqttClientOptions
        {
            Host = "127.0.0.1",
            Port = gateway.Port,
            ClientId = id,
            SessionExpiry = TimeSpan.FromHours(1),
            Received = Receive,
        };
        Client = new MqttClient(with(options), gateway.Clock);
        Client.Disconnected += why => Ends.Writer.TryWrite(why);
    }

    public MqttClient Client { get; }

    public Channel<Heard> Messages { get; } = Channel.CreateUnbounded<Heard>();

    public Channel<Disconnection> Ends { get; } = Channel.CreateUnbounded<Disconnection>();

    public Func<Task> BeforeAcknowledging { get; set; } = () => Task.CompletedTask;

    public Task Subscribe(string filter, Qos qos = Qos.AtLeastOnce) =>
        Client.Subscribe([filter], qos, CancellationToken.None).Soon();

    public Task Publish(string topic, string payload, Qos qos = Qos.AtLeastOnce) =>
        Client.Publish(topic, System.Text.Encoding.UTF8.GetBytes(payload), qos, CancellationToken.None).Soon();

    /// <summary>Connects and waits until the host knows, so that a test may move the clock.</summary>
    public async Task<bool> Reconnect()
    {
        var before = host.ArrivalsOf.GetValueOrDefault(id);
        var present = await Client.Connect(CancellationToken.None).Soon();
        await Patience.Until(() => host.ArrivalsOf.GetValueOrDefault(id) > before);
        return present;
    }

    public async Task Cut()
    {
        Client.Abort();
        await Ends.Next();
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();

    async ValueTask Receive(ReceivedMessage message, CancellationToken cancel)
    {
        var payload = System.Text.Encoding.UTF8.GetString(message.Payload.Span);
        Messages.Writer.TryWrite(
            new Heard(message.Topic, payload, message.Qos, message.Duplicate) { Retain = message.Retain }
        );
        await BeforeAcknowledging().WaitAsync(cancel);
    }
}
