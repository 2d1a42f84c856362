using System.Buffers.Binary;
using System.Text;

namespace Loa.Bench.Load;

/// <summary>Writes one MQTT packet.</summary>
public sealed class PacketBytes
{
    readonly MemoryStream body = new();

    public void Byte(byte value) => body.WriteByte(value);

    public void Raw(ReadOnlySpan<byte> bytes) => body.Write(bytes);

    public void Number16(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        body.Write(bytes);
    }

    public void Number32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        body.Write(bytes);
    }

    public void Text(string text) => Binary(Encoding.UTF8.GetBytes(text));

    public void Binary(ReadOnlySpan<byte> bytes)
    {
        Number16((ushort)bytes.Length);
        body.Write(bytes);
    }

    public byte[] Body() => body.ToArray();

    public byte[] Finish(byte first)
    {
        var head = new List<byte> { first };
        var length = (int)body.Length;
        do
        {
            head.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            length >>= 7;
        } while (length > 0);
        return [.. head, .. body.ToArray()];
    }
}
