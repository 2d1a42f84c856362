using System.Buffers.Binary;

namespace Loa.Audio;

/// <summary>Makes Ogg files that are wrong in just one thing, with checksums that are right.</summary>
static class OggForge
{
    public static List<byte[]> Pages(byte[] file)
    {
        var pages = new List<byte[]>();
        for (var at = 0; at < file.Length; at += pages[^1].Length)
        {
            Assert.Equal(OggFault.None, OggPage.TryRead(file.AsSpan(at), out var page));
            pages.Add(file[at..(at + page.Length)]);
        }
        return pages;
    }

    public static byte[] Join(IEnumerable<byte[]> pages) => [.. pages.SelectMany(page => page)];

    /// <summary>The pages with their checksums made right again.</summary>
    public static byte[] Seal(IEnumerable<byte[]> pages) => Join(pages.Select(Seal));

    public static byte[] Seal(byte[] page)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(22), OggPage.Checksum(page));
        return page;
    }

    /// <summary>The same packets on pages of so many pieces, so that packets run over the ends of pages.</summary>
    public static byte[] Repaginate(byte[] file, int pieces)
    {
        Assert.Equal(OggFault.None, OggOpus.TryOpen(file, out var opened));
        var pages = Pages(file)[..2];
        var (lacing, body, granules) = (new List<byte>(), new List<byte>(), new List<long>());
        var packets = opened!.Packets();
        while (packets.TryNext(out var packet, out var start))
        {
            var end = Math.Min(start + OpusPacket.Samples(packet), opened.Samples) + opened.PreSkip;
            for (var left = packet.Length; left >= 0; left -= 255)
            {
                lacing.Add((byte)Math.Min(left, 255));
                granules.Add(left < 255 ? end : -1);
            }
            body.AddRange(packet);
        }
        for (var (at, bytes) = (0, 0); at < lacing.Count; at += pieces)
        {
            var part = lacing.Slice(at, Math.Min(pieces, lacing.Count - at));
            var length = part.Sum(piece => piece);
            var continued = at > 0 && lacing[at - 1] == 255 ? 1 : 0;
            var last = at + part.Count == lacing.Count ? 4 : 0;
            var page = new byte[27];
            "OggS"u8.CopyTo(page);
            page[5] = (byte)(continued | last);
            BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), granules.Slice(at, part.Count).Max());
            pages[0].AsSpan(14, 4).CopyTo(page.AsSpan(14));
            BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(18), pages.Count);
            page[26] = (byte)part.Count;
            pages.Add([.. page, .. part, .. body.Slice(bytes, length)]);
            bytes += length;
        }
        return Seal(pages);
    }
}
