using Loa.Air;
using Loa.Mqtt.Client;

namespace Loa.Speaker.Link;

/// <summary>How a speaker speaks MQTT to whichever server it belongs to.</summary>
sealed class MqttLine
{
    const int MostPacket = 9 * 1024 * 1024;
    const int UsualPort = 18830;

    public MqttClientOptions Options(string address)
    {
        var server = new Uri(address.Contains("://", StringComparison.Ordinal) ? address : $"mqtt://{address}");
        return new MqttClientOptions
        {
            Host = server.IdnHost,
            Port = server.Port > 0 ? server.Port : UsualPort,
            ClientId = "",
            CleanStart = false,
            SessionExpiry = TimeSpan.FromHours(24),
            KeepAlive = TimeSpan.FromSeconds(30),
            AuthenticationMethod = ConnectionProof.Method,
            MaximumPacketSize = MostPacket,
            // The records wait in the notebook, all else is told anew.
            ResendUnacknowledged = false,
        };
    }
}
