using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text;

namespace Loa.Speaker.Store;

/// <summary>One batch of changes as it stands in the log: length, check sum, then key and value of each change.</summary>
static class JournalFrame
{
    public const int HeaderLength = 8;

    const int MostBytes = 64 * 1024 * 1024;
    const int Gone = -1;

    public static byte[] Write(IReadOnlyCollection<KeyValuePair<string, byte[]?>> changes)
    {
        var length = changes.Sum(change => 8 + Encoding.UTF8.GetByteCount(change.Key) + (change.Value?.Length ?? 0));
        var frame = new byte[HeaderLength + length];
        var rest = frame.AsSpan(HeaderLength);
        foreach (var (key, value) in changes)
        {
            var keyLength = Encoding.UTF8.GetBytes(key, rest[8..]);
            BinaryPrimitives.WriteInt32LittleEndian(rest, keyLength);
            BinaryPrimitives.WriteInt32LittleEndian(rest[4..], value?.Length ?? Gone);
            value.CopyTo(rest[(8 + keyLength)..]);
            rest = rest[(8 + keyLength + (value?.Length ?? 0))..];
        }
        BinaryPrimitives.WriteInt32LittleEndian(frame, length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), CheckSum(frame));
        return frame;
    }

    /// <summary>Reads the next batch; false at the end and for whatever a power cut left of a batch.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> log,
        out int length,
        [NotNullWhen(true)] out List<KeyValuePair<string, byte[]?>>? changes
    )
    {
        (length, changes) = (0, null);
        if (log.Length < HeaderLength)
            return false;
        var size = BinaryPrimitives.ReadInt32LittleEndian(log);
        if (size is <= 0 or > MostBytes || size > log.Length - HeaderLength)
            return false;
        var frame = log[..(HeaderLength + size)];
        if (BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]) != CheckSum(frame))
            return false;
        length = frame.Length;
        changes = Changes(frame[HeaderLength..]);
        return true;
    }

    static List<KeyValuePair<string, byte[]?>> Changes(ReadOnlySpan<byte> rest)
    {
        var changes = new List<KeyValuePair<string, byte[]?>>();
        while (!rest.IsEmpty)
        {
            var keyLength = BinaryPrimitives.ReadInt32LittleEndian(rest);
            var valueLength = BinaryPrimitives.ReadInt32LittleEndian(rest[4..]);
            var key = Encoding.UTF8.GetString(rest.Slice(8, keyLength));
            rest = rest[(8 + keyLength)..];
            changes.Add(new(key, valueLength == Gone ? null : rest[..valueLength].ToArray()));
            rest = rest[Math.Max(0, valueLength)..];
        }
        return changes;
    }

    // The length is part of the sum, so that a damaged length cannot point at other sound bytes.
    static uint CheckSum(ReadOnlySpan<byte> frame)
    {
        var sum = Add(uint.MaxValue, frame[..4]);
        return ~Add(sum, frame[HeaderLength..]);
    }

    static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes)
            sum = BitOperations.Crc32C(sum, value);
        return sum;
    }
}
