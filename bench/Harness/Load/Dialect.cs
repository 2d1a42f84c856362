namespace Loa.Bench.Load;

/// <summary>How a crowd talks to one kind of server: the greeting, the subscription, and what a message looks like.</summary>
public abstract class Dialect
{
    /// <summary>Called with the payload of each message that reached a client.</summary>
    public MessageTaker? Heard { get; set; }

    /// <summary>Called when the server acknowledged a message that a client published.</summary>
    public Action<int, ushort>? Acknowledged { get; set; }

    /// <summary>Whether the server says a line of its own before TLS begins.</summary>
    public virtual bool HearsBeforeTls => false;

    public abstract void Connected(Crowd crowd, int index);

    /// <summary>Takes whole packets off; returns how many bytes were taken.</summary>
    public abstract int Take(Crowd crowd, int index, ReadOnlySpan<byte> bytes);

    /// <summary>A message of one client to a topic.</summary>
    public abstract byte[] Publication(string topic, ReadOnlySpan<byte> payload, int qos, ushort packetId);

    /// <summary>A message reached a client; the bytes are good during the call only.</summary>
    public delegate void MessageTaker(int index, ReadOnlySpan<byte> payload);
}
