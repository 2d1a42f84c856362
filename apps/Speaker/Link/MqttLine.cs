using System.Security.Cryptography.X509Certificates;
using System.Text;
using Loa.Air;
using Loa.Jose;
using Loa.Mqtt;
using Loa.Mqtt.Client;
using Loa.Speaker.Servers;
using Loa.Speaker.Trust;

namespace Loa.Speaker.Link;

/// <summary>How this speaker speaks MQTT to whichever server it belongs to, and proves there who it is.</summary>
/// <param name="authorityFile">The one that may vouch for any server; when null the one that the server named, else those of the system.</param>
/// <param name="knowsTime">Before that a certificate's dates say nothing.</param>
/// <param name="way">What is changed of it where the line is a simulated one.</param>
sealed class MqttLine(
    Identity identity,
    SigningKey key,
    FileInfo? authorityFile,
    Func<bool> knowsTime,
    Func<MqttClientOptions, MqttClientOptions> way
) : IDisposable
{
    const int MostPacket = 4 * 1024 * 1024;

    /// <summary>How long the server keeps what it has to say while the speaker is away.</summary>
    static readonly TimeSpan memory = TimeSpan.FromHours(24);

    readonly X509Certificate2? authority = authorityFile is null
        ? null
        : X509CertificateLoader.LoadCertificateFromFile(authorityFile.FullName);

    public void Dispose() => authority?.Dispose();

    public MqttClientOptions Options(ServerNote server) =>
        way(
            new()
            {
                Server = new Uri(
                    server.Mqtt.Contains("://", StringComparison.Ordinal) ? server.Mqtt : $"mqtt://{server.Mqtt}"
                ),
                Authority = authority ?? MqttWay.Read(server.Authority),
                KnowsTime = knowsTime,
                ClientId = $"{identity.Speaker:d}",
                CleanStart = false,
                SessionExpiry = memory,
                KeepAlive = TimeSpan.FromSeconds(30),
                AuthenticationMethod = ConnectionProof.Method,
                Authenticate = (nonce, _) => ValueTask.FromResult(Prove(nonce, server.Name)),
                Will = new ClientWill(Topics.Of(identity.Speaker, AirTopic.OutState), StateMessage.Gone.ToBytes()),
                MaximumPacketSize = MostPacket,
                // The records wait in the journal, all else is told anew.
                ResendUnacknowledged = false,
            }
        );

    byte[] Prove(ReadOnlyMemory<byte> nonce, string server)
    {
        var text = Encoding.ASCII.GetString(nonce.Span);
        var proof = new ConnectionProof(identity.Speaker, server, text, AirProtocol.Newest);
        // A challenge that is none ends this connection; it must not end the speaker.
        if (!proof.IsWithinBounds())
            throw new MqttException(ReasonCode.ProtocolError, "The server's challenge cannot be answered.");
        return Encoding.ASCII.GetBytes(proof.Sign(key));
    }
}
