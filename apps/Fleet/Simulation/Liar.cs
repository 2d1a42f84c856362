using System.Globalization;
using System.Text;
using Loa.Air;
using Loa.Jose;
using Loa.Mqtt;
using Loa.Mqtt.Client;
using Loa.Speaker.Store;
using Loa.Speaker.Trust;

namespace Loa.Fleet.Simulation;

/// <summary>A device in wrong hands: it has a speaker's own key, so it is let in, and then says whatever could do harm.</summary>
sealed class Liar(string data, string? address, int seed)
{
    static readonly TimeSpan between = TimeSpan.FromMilliseconds(500);

    /// <summary>Lies until it is told to stop; comes back whenever it is shown out.</summary>
    public async Task Run(CancellationToken cancel)
    {
        if (Steal() is not { } stolen)
            return;
        var random = new Random(seed);
        while (!cancel.IsCancellationRequested)
        {
            await using var client = new MqttClient(Options(stolen), TimeProvider.System);
            try
            {
                await client.Connect(cancel);
                while (client.IsConnected)
                {
                    await Lie(client, stolen, random, cancel);
                    await Task.Delay(between, TimeProvider.System, cancel);
                }
            }
            catch (Exception shownOut) when (shownOut is MqttException or OperationCanceledException)
            {
                await Task.Delay(between, TimeProvider.System, cancel)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    Stolen? Steal()
    {
        using var journal = new Journal(new Disk(data, durable: false));
        var identity = journal.Value(JournalKeys.Identity, TrustJson.Default.Identity);
        return identity is null
            ? null
            : new Stolen(identity, SigningKey.Load(Path.Combine(data, "key.pem")), address ?? identity.Mqtt);
    }

    static Task Lie(MqttClient client, Stolen stolen, Random random, CancellationToken cancel)
    {
        var me = stolen.Identity.Speaker;
        var now = TimeProvider.System.GetUtcNow();
        var (topic, payload) = random.Next(6) switch
        {
            // It holds what was never made.
            0 => (
                Topics.Of(me, AirTopic.OutState),
                new StateMessage(
                    true,
                    now.AddYears(9),
                    long.MaxValue,
                    99,
                    99,
                    "x",
                    100,
                    Guid.Empty,
                    1 << 30,
                    0
                ).ToBytes()
            ),
            // A record out of the air, well signed.
            1 => (Topics.Of(me, AirTopic.OutRecord), new RecordMessage(Invented(stolen, random, now)).ToBytes()),
            // An order obeyed that nobody gave.
            2 => (
                Topics.Of(me, AirTopic.OutReceipt),
                new ReceiptMessage(Guid.CreateVersion7(), CommandState.Done, now, null).ToBytes()
            ),
            // In another's name.
            3 => (Topics.Of(Guid.CreateVersion7(), AirTopic.OutState), StateMessage.Gone.ToBytes()),
            // Nonsense.
            4 => (Topics.Of(me, AirTopic.OutState), Noise(random)),
            _ => (Topics.Of(me, AirTopic.OutProgress), Encoding.UTF8.GetBytes("{\"item\":" + new string('[', 5_000))),
        };
        return client.Publish(topic, payload, Qos.AtMostOnce, cancel);
    }

    static string Invented(Stolen stolen, Random random, DateTimeOffset now)
    {
        var head = new RecordHead(random.Next(1, 1000), new string('a', 64));
        var item = new TimetableItem(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            new string('b', 64),
            AirClass.Emergency,
            now,
            now,
            false
        );
        var record = AirRecord.Play(stolen.Identity.Speaker, now, item, PlayOutcome.Played, null, now, now);
        return RecordChain.Append(head, record, stolen.Key, out _);
    }

    static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(1, 2_000)];
        random.NextBytes(bytes);
        return bytes;
    }

    static MqttClientOptions Options(Stolen stolen)
    {
        var colon = stolen.Address.LastIndexOf(':');
        var me = stolen.Identity.Speaker;
        return new MqttClientOptions
        {
            Host = stolen.Address[..colon],
            Port = int.Parse(stolen.Address.AsSpan(colon + 1), CultureInfo.InvariantCulture),
            ClientId = $"{me:d}",
            AuthenticationMethod = ConnectionProof.Method,
            Authenticate = (nonce, _) =>
                ValueTask.FromResult(
                    Encoding.ASCII.GetBytes(
                        new ConnectionProof(me, stolen.Identity.Server, Encoding.ASCII.GetString(nonce.Span)).Sign(
                            stolen.Key
                        )
                    )
                ),
        };
    }

    sealed record Stolen(Identity Identity, SigningKey Key, string Address);
}
