using System.Globalization;
using System.Text;

namespace Loa.Bench.Load;

/// <summary>The text protocol of nats-server, without acknowledgements because it has none.</summary>
/// <param name="subjects">What each connection subscribes to.</param>
public sealed class NatsDialect(Func<int, string[]> subjects) : Dialect
{
    public override bool HearsBeforeTls => true;

    public override void Connected(Crowd crowd, int index)
    {
        var hello = new StringBuilder(
            "CONNECT {\"verbose\":false,\"pedantic\":false,\"lang\":\"raw\",\"version\":\"1\"}\r\n"
        );
        var number = 1;
        foreach (var subject in subjects(index))
            hello.Append(CultureInfo.InvariantCulture, $"SUB {subject} {number++}\r\n");
        hello.Append("PING\r\n");
        crowd.Send(index, Encoding.ASCII.GetBytes(hello.ToString()));
    }

    public override int Take(Crowd crowd, int index, ReadOnlySpan<byte> bytes)
    {
        var taken = 0;
        while (true)
        {
            var rest = bytes[taken..];
            var end = rest.IndexOf((byte)'\n');
            if (end < 0)
                return taken;
            var line = rest[..end];
            if (line.StartsWith("MSG "u8))
            {
                var length = LengthOf(line);
                if (rest.Length < end + 1 + length + 2)
                    return taken;
                Heard?.Invoke(index, rest.Slice(end + 1, length));
                taken += end + 1 + length + 2;
                continue;
            }
            taken += end + 1;
            if (line.StartsWith("PONG"u8))
            {
                if (!crowd.IsReady(index))
                    crowd.IsIn(index);
            }
            else if (line.StartsWith("PING"u8))
                crowd.Send(index, "PONG\r\n"u8);
            else if (line.StartsWith("-ERR"u8))
                throw new IOException("nats-server says " + Encoding.ASCII.GetString(line).Trim());
        }
    }

    public override byte[] Publication(string topic, ReadOnlySpan<byte> payload, int qos, ushort packetId) =>
        [.. Encoding.ASCII.GetBytes($"PUB {topic} {payload.Length}\r\n"), .. payload, .. "\r\n"u8];

    // MSG subject number length\r
    static int LengthOf(ReadOnlySpan<byte> line)
    {
        var digits = line[(line.LastIndexOf((byte)' ') + 1)..];
        var length = 0;
        foreach (var digit in digits)
            if (digit is >= (byte)'0' and <= (byte)'9')
                length = (length * 10) + digit - '0';
        return length;
    }
}
