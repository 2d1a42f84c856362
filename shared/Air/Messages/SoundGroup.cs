using System.Buffers.Binary;
using Loa.Jose;

namespace Loa.Air;

/// <summary>About a fifth of a second of a stream: Opus packets, where in it they belong, and the signature of its key.</summary>
/// <remarks>
/// Binary, since it comes five times a second: version, flags, how many packets, a zero; the stream's id; the place of the first
/// sample; how long each packet is; the packets; r‖s over all before. All numbers with the highest byte first. Each stands for
/// itself: one that is lost takes nothing but its own sound with it. No document begins as it does, so no signature of one is one
/// of the other.
/// </remarks>
public readonly ref struct SoundGroup
{
    /// <summary>A group of half a second at 64 kbit/s needs a quarter of this.</summary>
    public const int MaxLength = 16 * 1024;

    public const int MostPackets = 50;

    /// <summary>RFC 6716 §3.2.1: the longest frame.</summary>
    public const int LongestPacket = 1275;

    const int PlaceAt = 20;
    const int LengthsAt = 28;
    const int SignatureLength = 64;
    const byte Version = 1;
    const byte LastFlag = 1;

    readonly ReadOnlySpan<byte> bytes;

    SoundGroup(ReadOnlySpan<byte> bytes) => this.bytes = bytes;

    /// <summary>Where its first sample belongs, in samples at 48 kHz from the beginning of the stream.</summary>
    public long Place => BinaryPrimitives.ReadInt64BigEndian(bytes[PlaceAt..]);

    /// <summary>Nothing comes after it.</summary>
    public bool IsLast => (bytes[1] & LastFlag) != 0;

    public int Count => bytes[2];

    /// <summary>Its packets in turn.</summary>
    public Packets GetEnumerator() => new(bytes);

    /// <summary>Whether this is a group of this stream, signed by its key; never throws, whatever the bytes are.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, Guid stream, PublicKey key, out SoundGroup group)
    {
        group = default;
        if (!IsShaped(message) || new Guid(message[4..PlaceAt], bigEndian: true) != stream)
            return false;
        if (!key.VerifyLow(message[..^SignatureLength], message[^SignatureLength..]))
            return false;
        group = new SoundGroup(message);
        return true;
    }

    /// <param name="packets">One after the other.</param>
    /// <param name="lengths">How long each of them is.</param>
    /// <exception cref="ArgumentException">No reader would take it.</exception>
    public static byte[] Write(
        Guid stream,
        long place,
        ReadOnlySpan<byte> packets,
        ReadOnlySpan<int> lengths,
        bool isLast,
        SigningKey key
    )
    {
        var body = LengthsAt + (2 * lengths.Length);
        var written = new byte[body + packets.Length + SignatureLength];
        (written[0], written[1], written[2]) = (Version, isLast ? LastFlag : (byte)0, (byte)lengths.Length);
        stream.TryWriteBytes(written.AsSpan(4), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(written.AsSpan(PlaceAt), place);
        for (var i = 0; i < lengths.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(written.AsSpan(LengthsAt + (2 * i)), (ushort)lengths[i]);
        packets.CopyTo(written.AsSpan(body));
        if (lengths.Length > MostPackets || !IsShaped(written))
            throw new ArgumentException("No reader would take such a group.");
        key.Sign(written.AsSpan(..^SignatureLength)).CopyTo(written.AsSpan(^SignatureLength));
        return written;
    }

    static bool IsShaped(ReadOnlySpan<byte> message)
    {
        if (message.Length is < LengthsAt + SignatureLength or > MaxLength)
            return false;
        var (flags, count) = (message[1], (int)message[2]);
        if (message[0] != Version || flags > LastFlag || message[3] != 0 || count > MostPackets)
            return false;
        // Only the end may be empty.
        if ((count == 0 && flags == 0) || BinaryPrimitives.ReadInt64BigEndian(message[PlaceAt..]) is < 0 or > 1L << 53)
            return false;
        var length = LengthsAt + (2 * count) + SignatureLength;
        if (message.Length < length)
            return false;
        for (var i = 0; i < count; i++)
        {
            var packet = LengthOf(message, i);
            if (packet is 0 or > LongestPacket)
                return false;
            length += packet;
        }
        return message.Length == length;
    }

    static int LengthOf(ReadOnlySpan<byte> message, int packet) =>
        BinaryPrimitives.ReadUInt16BigEndian(message[(LengthsAt + (2 * packet))..]);

    public ref struct Packets
    {
        readonly ReadOnlySpan<byte> group;
        int next;
        int end;

        internal Packets(ReadOnlySpan<byte> group)
        {
            this.group = group;
            end = LengthsAt + (2 * group[2]);
        }

        public ReadOnlySpan<byte> Current { get; private set; }

        public bool MoveNext()
        {
            if (next == group[2])
                return false;
            var length = LengthOf(group, next++);
            Current = group.Slice(end, length);
            end += length;
            return true;
        }
    }
}
