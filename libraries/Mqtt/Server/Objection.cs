namespace Loa.Mqtt.Server;

/// <summary>Why a host did not take a message, for a client that can be told (MQTT 5); one of 3.1.1 hears nothing of it.</summary>
/// <param name="Reason">0x80 or above.</param>
/// <param name="Text">For people; left out where the client wants none.</param>
public sealed record Objection(ReasonCode Reason, string? Text = null);
