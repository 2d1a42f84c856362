namespace Loa.Audio;

/// <summary>A whole Ogg Opus file, checked byte by byte, ready to be played from any moment.</summary>
public sealed class OggOpus
{
    /// <summary>Positions in Opus always count at this rate.</summary>
    public const int SampleRateHz = 48_000;

    public const int LongestBytes = 256 * 1024 * 1024;

    // Before any moment the decoder needs 80 ms to find its feet (RFC 7845, 4.6).
    const long settling = 3840;

    readonly Mark[] marks;

    internal OggOpus(ReadOnlyMemory<byte> file, OpusHead head, Mark[] marks, long end) =>
        (File, Head, this.marks, Samples) = (file, head, marks, end - marks[0].Granule - head.PreSkip);

    public int Channels => Head.Channels;

    /// <summary>Samples to throw away at the beginning.</summary>
    public int PreSkip => Head.PreSkip;

    public long Samples { get; }
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples / SampleRateHz);

    internal ReadOnlyMemory<byte> File { get; }
    internal OpusHead Head { get; }

    /// <summary>Checks every byte of the file; what passes can be read without surprises.</summary>
    public static OggFault TryOpen(ReadOnlyMemory<byte> file, out OggOpus? sound)
    {
        sound = null;
        if (file.Length > LongestBytes)
            return OggFault.TooLong;
        return new OggOpusCheck(file).Run(out sound);
    }

    /// <summary>Reads the packets from the beginning.</summary>
    public OggOpusPackets Packets() => Packets(TimeSpan.Zero);

    /// <summary>Reads the packets from a little before the moment, so that the decoder is settled when it comes.</summary>
    public OggOpusPackets Packets(TimeSpan from)
    {
        var first = marks[0].Granule + PreSkip;
        var wanted = first + (long)(from.TotalSeconds * SampleRateHz) - settling;
        var at = Array.BinarySearch(marks, new Mark(0, wanted));
        var mark = marks[Math.Max(0, at < 0 ? ~at - 1 : at)];
        return new OggOpusPackets(File, mark.Offset, mark.Granule - first);
    }

    /// <summary>A page that begins with a whole packet, and the position of that packet.</summary>
    internal readonly record struct Mark(int Offset, long Granule) : IComparable<Mark>
    {
        public int CompareTo(Mark other) => Granule.CompareTo(other.Granule);
    }
}
