namespace Loa.Bench.Fuzz;

/// <summary>Spoils good bytes in the ways that have broken parsers before.</summary>
sealed class Mutator(Random random)
{
    static readonly byte[][] dear =
    [
        [0xFF, 0xFF, 0xFF, 0x7F],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0x80, 0x80, 0x80, 0x00],
        [0, 0],
        [0xFF, 0xFF],
        [0xC0, 0x80],
        [0xED, 0xA0, 0x80],
    ];

    public byte[] Spoil(byte[] good)
    {
        var bytes = new List<byte>(good);
        for (var times = random.Next(1, 4); times > 0 && bytes.Count > 0; times--)
            Once(bytes);
        return [.. bytes];
    }

    void Once(List<byte> bytes)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, random.Next(1, Math.Min(9, bytes.Count - at + 1)));
                break;
            case 3:
                bytes.InsertRange(at, Noise(random.Next(1, 40)));
                break;
            case 4:
                bytes.InsertRange(at, dear[random.Next(dear.Length)]);
                break;
            case 5:
                bytes.AddRange(bytes.GetRange(at, bytes.Count - at));
                break;
            default:
                // The length of the first packet lies.
                if (bytes.Count > 1)
                    bytes[1] = (byte)random.Next(256);
                break;
        }
    }

    public byte[] Noise(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
