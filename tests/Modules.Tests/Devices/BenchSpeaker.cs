using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Loa.Air;
using Loa.Jose;
using Loa.Mqtt;
using Loa.Mqtt.Client;

namespace Loa.Devices;

/// <summary>A speaker on the bench: it enrols over HTTP, connects over MQTT and says whatever a test wants it to.</summary>
sealed class BenchSpeaker(string serial) : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    readonly ConcurrentDictionary<AirTopic, Channel<byte[]>> heard = new();
    MqttClient? client;

    public string Serial => serial;

    public SigningKey Key { get; set; } = SigningKey.Create();

    public Guid Id { get; set; }

    /// <summary>The command it answers now.</summary>
    public Guid Commanded { get; set; }

    public string Server { get; set; } = "";

    public string Mqtt { get; set; } = "";

    /// <summary>By another way than the server says at enrolment.</summary>
    public Uri? Way { get; set; }

    /// <summary>What it says with its state, to be repeated in the acknowledgements.</summary>
    public string Nonce { get; set; } = Guid.CreateVersion7().ToString("n");

    public RecordHead Head { get; set; } = RecordHead.Start;

    /// <summary>Which rules it says it knows; null for one of before.</summary>
    public int? Protocol { get; set; } = AirProtocol.Newest;

    public string? Vendor { get; init; }

    /// <summary>What it was built for; null for everything.</summary>
    public string[]? Can { get; init; }

    /// <summary>The largest message it takes.</summary>
    public int LargestPacket { get; set; } = 4 * 1024 * 1024;

    /// <summary>Which root it says it obeys; null for one that says nothing of it.</summary>
    public string? Root { get; set; }

    /// <summary>What whoever stands between makes of its proofs.</summary>
    public Func<string, string> Spelled { get; set; } = text => text;

    public string Introduction(SigningKey? signer = null) =>
        new Enrolment(
            serial,
            "Bench 1",
            "0.1",
            2,
            Key.Public.Jwk,
            TimeProvider.System.GetUtcNow(),
            Protocol,
            Protocol is null ? null : ClaimCheck.Seal(Nonce),
            Vendor,
            Can
        ).Sign(signer ?? Key);

    /// <summary>Until it shows its code, which is in the answer.</summary>
    public async Task<EnrolmentOpened> Introduce(HttpClient http)
    {
        using var answer = await Post(http, Introduction());
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(EnrolmentOpened.TryRead(await answer.Content.ReadAsByteArrayAsync(), out var opened));
        Server = opened.Server;
        Mqtt = opened.Mqtt;
        if (Protocol is null)
            return opened;
        using var open = await Unseal(http, opened.Id, Nonce);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        var check = ClaimCheck.Signs(opened.Root.Thumbprint(), Key.KeyId, opened.Code, Nonce);
        return opened with { Code = $"{opened.Code}-{check}" };
    }

    public static Task<HttpResponseMessage> Unseal(HttpClient http, Guid enrolment, string nonce) =>
        http.PostAsync(
            $"/air/enrolments/{enrolment}",
            new ByteArrayContent(new EnrolmentOpening(nonce).ToBytes())
            {
                Headers = { ContentType = new("application/json") },
            }
        );

    public static Task<HttpResponseMessage> Post(HttpClient http, string enrolment) =>
        http.PostAsync(
            "/air/enrolments",
            new ByteArrayContent(new EnrolmentRequest(enrolment).ToBytes())
            {
                Headers = { ContentType = new("application/json") },
            }
        );

    public static async Task<EnrolmentStatus> Ask(HttpClient http, Guid enrolment)
    {
        Assert.True(
            EnrolmentStatus.TryRead(await http.GetByteArrayAsync($"/air/enrolments/{enrolment}"), out var status)
        );
        return status;
    }

    /// <summary>Connects as itself, or (for an attack) as another or with another's key.</summary>
    public async Task Connect(SigningKey? with = null, Guid? @as = null, string? server = null)
    {
        if (client is not null)
            await client.DisposeAsync();
        var id = @as ?? Id;
        var (host, port) = Mqtt.Split(':') is [var name, var number] ? (name, int.Parse(number)) : ("", 0);
        client = new MqttClient(
            new MqttClientOptions
            {
                Server = Way ?? new Uri($"mqtt://{host}:{port}"),
                ClientId = id.ToString(),
                SessionExpiry = TimeSpan.FromHours(24),
                MaximumPacketSize = LargestPacket,
                Will = new ClientWill(Topics.Of(id, AirTopic.OutState), StateMessage.Gone.ToBytes()),
                AuthenticationMethod = ConnectionProof.Method,
                Authenticate = (nonce, _) =>
                    ValueTask.FromResult(
                        Encoding.ASCII.GetBytes(
                            Spelled(
                                new ConnectionProof(
                                    id,
                                    server ?? Server,
                                    Encoding.ASCII.GetString(nonce.Span),
                                    Protocol
                                ).Sign(with ?? Key)
                            )
                        )
                    ),
                Received = (message, _) =>
                {
                    if (Topics.TryParse(message.Topic, out var speaker, out var topic) && speaker == Id)
                        Box(topic).Writer.TryWrite(message.Payload.ToArray());
                    return ValueTask.CompletedTask;
                },
            },
            TimeProvider.System
        );
        await client.Connect(CancellationToken.None).WaitAsync(Patience);
        await Subscribe(Topics.AllIn(id));
    }

    public Task Subscribe(string filter) =>
        client!.Subscribe([filter], Qos.AtLeastOnce, CancellationToken.None).WaitAsync(Patience);

    public Task<Disconnection> Ended => client!.Ended;

    public Task Publish(string topic, byte[] payload) =>
        client!.Publish(topic, payload, Qos.AtLeastOnce, CancellationToken.None).WaitAsync(Patience);

    public Task Say(AirTopic topic, byte[] message) => Publish(Topics.Of(Id, topic), message);

    public Task State(
        long timetable = 0,
        long placement = 1,
        long revocations = 0,
        int volume = 60,
        Guid? playing = null,
        long? software = null
    ) =>
        Say(
            AirTopic.OutState,
            new StateMessage(
                true,
                TimeProvider.System.GetUtcNow(),
                timetable,
                placement,
                revocations,
                "0.1",
                volume,
                playing,
                Head.Seq,
                Software: software,
                Nonce: Protocol is null ? null : Nonce,
                Can: Can,
                Root: Root
            ).ToBytes()
        );

    /// <summary>The next record of its chain, not sent yet.</summary>
    public string Record(AirRecord record)
    {
        var compact = RecordChain.Append(Head, record, Key, out var next);
        Head = next;
        return compact;
    }

    public Task SendRecord(string compact) => Say(AirTopic.OutRecord, new RecordMessage(compact).ToBytes());

    /// <summary>The next message on this topic.</summary>
    public async Task<T> Hear<T>(AirTopic topic)
        where T : AirMessage<T>, IAirMessage<T>
    {
        using var timeout = new CancellationTokenSource(Patience);
        Assert.True(AirMessage<T>.TryRead(await Box(topic).Reader.ReadAsync(timeout.Token), out var message));
        return message;
    }

    /// <summary>The next timetable of at least this version.</summary>
    public async Task<Timetable> HearTimetable(long atLeast = 1)
    {
        while (true)
        {
            var message = await Hear<TimetableMessage>(AirTopic.InTimetable);
            Assert.True(Timetable.TryRead(message.Timetable, out var read, out var refusal), refusal);
            if (read.Document.Version >= atLeast)
                return read.Document;
        }
    }

    public async Task<AckMessage> HearAck(long seq)
    {
        while (true)
            if (await Hear<AckMessage>(AirTopic.InAck) is { } ack && ack.Seq == seq)
                return ack;
    }

    /// <summary>How many messages of this topic nobody has looked at yet.</summary>
    public int Waiting(AirTopic topic) => Box(topic).Reader.Count;

    public void Break() => client!.Abort();

    public async ValueTask DisposeAsync()
    {
        if (client is not null)
            await client.DisposeAsync();
    }

    Channel<byte[]> Box(AirTopic topic) => heard.GetOrAdd(topic, _ => Channel.CreateUnbounded<byte[]>());
}
