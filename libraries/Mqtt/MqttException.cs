namespace Loa.Mqtt;

/// <summary>The server refused, or the connection was lost before it answered.</summary>
public sealed class MqttException(ReasonCode reason, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public ReasonCode Reason => reason;
}
