namespace Loa.Audio;

/// <summary>Reads from the first bytes of an Opus packet how much sound is in it.</summary>
public static class OpusPacket
{
    public const int LongestBytes = 61_440;

    /// <summary>120 ms, the most that one packet may hold.</summary>
    public const int LongestSamples = 5760;

    /// <summary>The samples at 48 kHz, or 0 when the packet is not one.</summary>
    public static int Samples(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty || packet.Length > LongestBytes)
            return 0;
        var frames = (packet[0] & 3) switch
        {
            0 => 1,
            1 or 2 => 2,
            _ => packet.Length > 1 ? packet[1] & 63 : 0,
        };
        var samples = frames * FrameSamples(packet[0] >> 3);
        return samples <= LongestSamples ? samples : 0;
    }

    // RFC 6716, table 2: SILK 10–60 ms, hybrid 10 or 20 ms, CELT 2.5–20 ms.
    static int FrameSamples(int configuration) =>
        configuration switch
        {
            < 12 => (configuration & 3) switch
            {
                0 => 480,
                1 => 960,
                2 => 1920,
                _ => 2880,
            },
            < 16 => 480 << (configuration & 1),
            _ => 120 << (configuration & 3),
        };
}
