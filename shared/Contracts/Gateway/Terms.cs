using Loa.Air;

namespace Loa.Contracts.Gateway;

/// <summary>What a speaker said of itself as it connected: which rules it knows, and how large a message it takes.</summary>
/// <param name="LargestMessage">Absent when it takes any.</param>
public sealed record Terms(int Protocol, int? LargestMessage)
{
    // MQTT's header, the topic and the properties.
    const int Around = 256;

    public static Terms Of(int? protocol, uint? largestPacket) =>
        new(
            protocol ?? 1,
            largestPacket is { } packet && packet < TimetableMessage.MaxBytes + Around
                ? Math.Max((int)packet - Around, 0)
                : null
        );

    public bool IsOld => AirProtocol.IsOld(Protocol);
}
