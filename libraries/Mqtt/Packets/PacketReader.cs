using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Loa.Mqtt.Packets;

/// <summary>Reads the fields of a packet. The first fault sticks and every later read gives zero, so that a reader asks once, at the end.</summary>
ref struct PacketReader(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> bytes = bytes;

    public int Position { get; private set; }

    public ReasonCode Failure { get; private set; }

    public readonly bool Failed => Failure != ReasonCode.Success;

    public readonly bool AtEnd => Position == bytes.Length;

    public readonly int Left => bytes.Length - Position;

    public void Fail(ReasonCode reason)
    {
        if (!Failed)
            Failure = reason;
        Position = bytes.Length;
    }

    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    public ushort UInt16() => Take(2) is { Length: 2 } field ? BinaryPrimitives.ReadUInt16BigEndian(field) : (ushort)0;

    public uint UInt32() => Take(4) is { Length: 4 } field ? BinaryPrimitives.ReadUInt32BigEndian(field) : 0;

    public uint VariableInt()
    {
        var value = 0u;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var part = Byte();
            value |= (uint)(part & 0x7F) << shift;
            if ((part & 0x80) != 0)
                continue;
            if (shift > 0 && part == 0)
                break;
            return value;
        }
        Fail(ReasonCode.MalformedPacket);
        return 0;
    }

    public ReadOnlySpan<byte> Binary() => Take(UInt16());

    public ReadOnlySpan<byte> Utf8()
    {
        var text = Binary();
        if (System.Text.Unicode.Utf8.IsValid(text) && !text.Contains((byte)0))
            return text;
        Fail(ReasonCode.MalformedPacket);
        return default;
    }

    public string String() => Encoding.UTF8.GetString(Utf8());

    public bool Flag()
    {
        var value = Byte();
        if (value > 1)
            Fail(ReasonCode.ProtocolError);
        return value == 1;
    }

    public void Expect(int flags, int wanted)
    {
        if (flags != wanted)
            Fail(ReasonCode.MalformedPacket);
    }

    /// <summary>Bytes that nobody asked for make a packet malformed.</summary>
    public ReasonCode End()
    {
        if (!AtEnd)
            Fail(ReasonCode.MalformedPacket);
        return Failure;
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count <= Left)
        {
            var field = bytes.Slice(Position, count);
            Position += count;
            return field;
        }
        Fail(ReasonCode.MalformedPacket);
        return default;
    }
}
