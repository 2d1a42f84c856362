using Loa.Mqtt.Packets;

namespace Loa.Mqtt.Server;

/// <summary>
/// What one write to a client is made of: many small packets in one buffer, and perhaps a last one whose tail is too large
/// for it and is written as it is, uncopied.
/// </summary>
ref struct Batch(Span<byte> room)
{
    readonly Span<byte> room = room;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Tail { get; private set; }

    public int Messages { get; private set; }

    public int Dropped { get; set; }

    /// <summary>As much of the bytes as there is room for.</summary>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, room.Length - Length);
        bytes[..taken].CopyTo(room[Length..]);
        Length += taken;
        return taken;
    }

    /// <summary>A small packet, whole; false when there is no room.</summary>
    public bool TryAdd(AcknowledgementPacket packet, ProtocolVersion version)
    {
        if (!Tail.IsEmpty || room.Length - Length < AcknowledgementPacket.MaximumSize)
            return false;
        Length += packet.Write(room[Length..], version);
        return true;
    }

    /// <summary>False when there is no room; it is the next one's.</summary>
    public bool TryAdd(Message message, ConnectedClient client, Sending sending)
    {
        var size = message.Size(client.Version, sending);
        if (!Tail.IsEmpty || (size > room.Length - Length && Length > 0))
            return false;
        sending = client.Aliases?.Shorten(message, sending, client.MaximumPacket - size) ?? sending;
        Length += message.WriteHead(room[Length..], client.Version, sending);
        var tail = message.Tail(client.Version);
        if (tail.Length > room.Length - Length)
            Tail = tail;
        else
            Take(tail.Span);
        Messages++;
        return true;
    }
}
