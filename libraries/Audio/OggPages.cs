using System.Buffers.Binary;

namespace Loa.Audio;

/// <summary>Writes Opus packets as an Ogg file, a page each second; the same packets give the same bytes.</summary>
sealed class OggPages
{
    const int headerLength = 27;
    const int perPage = 50;
    const byte firstPage = 2;
    const byte lastPage = 4;

    readonly Stream into;
    readonly List<byte> body = [];
    readonly List<byte> lacing = [];
    int packets;
    uint pages;

    public OggPages(Stream into, OpusHead head)
    {
        this.into = into;
        Whole(head.Written(), firstPage);
        Whole(OpusHead.Tags, 0);
    }

    /// <summary>The samples of all packets so far.</summary>
    public long Samples { get; private set; }

    public void Add(ReadOnlySpan<byte> packet)
    {
        // A page that is full goes when the next packet comes, so that the last page is never empty.
        if (packets == perPage || lacing.Count + packet.Length / byte.MaxValue + 1 > byte.MaxValue)
            Turn(Samples, 0);
        Take(packet);
        Samples += OpusPacket.Samples(packet);
    }

    /// <param name="granule">Where the sound ends; what the last packet holds beyond is not heard.</param>
    public void Finish(long granule) => Turn(granule, lastPage);

    void Whole(ReadOnlySpan<byte> packet, byte flags)
    {
        Take(packet);
        Turn(0, flags);
    }

    void Take(ReadOnlySpan<byte> packet)
    {
        body.AddRange(packet);
        for (var left = packet.Length; ; left -= byte.MaxValue)
        {
            lacing.Add((byte)Math.Min(left, byte.MaxValue));
            if (left < byte.MaxValue)
                break;
        }
        packets++;
    }

    void Turn(long granule, byte flags)
    {
        var page = new byte[headerLength + lacing.Count + body.Count];
        "OggS"u8.CopyTo(page);
        page[5] = flags;
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), granule);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(18), pages++);
        page[26] = (byte)lacing.Count;
        lacing.CopyTo(page, headerLength);
        body.CopyTo(page, headerLength + lacing.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(OggPage.ChecksumAt), OggPage.Checksum(page));
        into.Write(page);
        body.Clear();
        lacing.Clear();
        packets = 0;
    }
}
