using System.Security.Cryptography.X509Certificates;
using Loa.Air;
using Loa.Mqtt.Client;

namespace Loa.Speaker.Link;

/// <summary>How a speaker speaks MQTT to whichever server it belongs to.</summary>
/// <param name="authorityFile">The one that may vouch for a server; those of the system when null.</param>
/// <param name="way">What is changed of it where the line is a simulated one.</param>
sealed class MqttLine(FileInfo? authorityFile, Func<MqttClientOptions, MqttClientOptions> way) : IDisposable
{
    const int MostPacket = 4 * 1024 * 1024;

    /// <summary>How long the server keeps what it has to say while the speaker is away.</summary>
    static readonly TimeSpan memory = TimeSpan.FromHours(24);

    readonly X509Certificate2? authority = authorityFile is null
        ? null
        : X509CertificateLoader.LoadCertificateFromFile(authorityFile.FullName);

    public void Dispose() => authority?.Dispose();

    /// <param name="address">host:port, or an address with mqtt, mqtts, ws or wss.</param>
    public MqttClientOptions Options(string address) =>
        way(
            new()
            {
                Server = new Uri(address.Contains("://", StringComparison.Ordinal) ? address : $"mqtt://{address}"),
                Authority = authority,
                ClientId = "",
                CleanStart = false,
                SessionExpiry = memory,
                KeepAlive = TimeSpan.FromSeconds(30),
                AuthenticationMethod = ConnectionProof.Method,
                MaximumPacketSize = MostPacket,
                // The records wait in the notebook, all else is told anew.
                ResendUnacknowledged = false,
            }
        );
}
