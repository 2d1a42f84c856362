using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Loa.Mqtt.Packets;

/// <summary>Writes one packet into a rented buffer; the fixed header is set before the body when its length is known.</summary>
sealed class PacketWriter : IDisposable
{
    const int HeaderRoom = 5;

    byte[] buffer = ArrayPool<byte>.Shared.Rent(256);
    int position = HeaderRoom;

    public int Position => position;

    /// <summary>The body so far, valid until more is written.</summary>
    public ReadOnlySpan<byte> Written => buffer.AsSpan(HeaderRoom, position - HeaderRoom);

    public void Byte(byte value) => Room(1)[0] = value;

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Room(2), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Room(4), value);

    public void VariableInt(int value) => VariableInt(Room(VariableIntSize(value)), value);

    public void Raw(ReadOnlySpan<byte> value) => value.CopyTo(Room(value.Length));

    public void Binary(ReadOnlySpan<byte> value)
    {
        UInt16(checked((ushort)value.Length));
        Raw(value);
    }

    public void Utf8(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        UInt16(checked((ushort)length));
        Encoding.UTF8.GetBytes(value, Room(length));
    }

    /// <summary>Sets the length of what was written since <paramref name="start"/> in front of it.</summary>
    public void PrefixLength(int start)
    {
        var length = position - start;
        var size = VariableIntSize(length);
        Room(size);
        buffer.AsSpan(start, length).CopyTo(buffer.AsSpan(start + size));
        VariableInt(buffer.AsSpan(start), length);
    }

    /// <summary>The packet, valid until the writer is disposed.</summary>
    public ReadOnlyMemory<byte> Finish(PacketType type, int flags = 0)
    {
        var length = position - HeaderRoom;
        var start = HeaderRoom - 1 - VariableIntSize(length);
        buffer[start] = (byte)(((int)type << 4) | flags);
        VariableInt(buffer.AsSpan(start + 1), length);
        return buffer.AsMemory(start, position - start);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    public static int VariableIntSize(int value) =>
        value switch
        {
            < 1 << 7 => 1,
            < 1 << 14 => 2,
            < 1 << 21 => 3,
            _ => 4,
        };

    public static int VariableInt(Span<byte> target, int value)
    {
        var size = 0;
        for (; value >= 0x80; value >>= 7)
            target[size++] = (byte)(value | 0x80);
        target[size++] = (byte)value;
        return size;
    }

    Span<byte> Room(int count)
    {
        if (position + count > buffer.Length)
            Grow(position + count);
        var room = buffer.AsSpan(position, count);
        position += count;
        return room;
    }

    void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, buffer.Length * 2));
        buffer.AsSpan(0, position).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
