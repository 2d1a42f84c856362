namespace Loa.Audio;

/// <summary>Walks once through a file that nobody vouches for and stops at the first thing that is wrong.</summary>
sealed class OggOpusCheck(ReadOnlyMemory<byte> file)
{
    readonly List<OggOpus.Mark> marks = [];
    readonly PacketJoin join = new();
    OpusHead head;
    uint serial;
    uint pages;
    bool tagged;

    // Positions count from the first packet until the first page tells where the stream begins.
    long counted;
    long? begin;
    long end;

    public OggFault Run(out OggOpus? sound)
    {
        sound = null;
        for (var offset = 0; ; )
        {
            var fault = OggPage.TryRead(file.Span[offset..], out var page);
            if (fault == OggFault.None)
                fault = Order(page);
            if (fault == OggFault.None)
                fault =
                    pages == 1 ? Identify(page)
                    : tagged ? Listen(page, offset)
                    : Comment(page);
            if (fault != OggFault.None)
                return fault;
            offset += page.Length;
            if (page.Last)
                return offset == file.Length ? Finish(out sound) : OggFault.Sequence;
        }
    }

    OggFault Order(OggPage page)
    {
        var first = pages == 0;
        if (first)
            serial = page.Serial;
        var inOrder = page.First == first && page.Serial == serial && page.Sequence == pages;
        pages++;
        return inOrder && page.Continued == join.Open ? OggFault.None : OggFault.Sequence;
    }

    OggFault Identify(OggPage page) =>
        page is { Granule: 0, Last: false, Unfinished: false } && OpusHead.TryRead(page.Body, out head)
            ? OggFault.None
            : OggFault.Header;

    // The comments end their page; the sound begins on a new one.
    OggFault Comment(OggPage page)
    {
        var pieces = page.Lacing;
        var body = page.Body;
        while (!pieces.IsEmpty)
        {
            if (!join.TryTake(ref pieces, ref body, out var ended, out var packet))
                return OggFault.Header;
            if (!ended)
                return page.Last ? OggFault.Header : OggFault.None;
            tagged = OpusHead.IsTags(packet) && pieces.IsEmpty && !page.Last;
            return tagged ? OggFault.None : OggFault.Header;
        }
        return OggFault.Header;
    }

    OggFault Listen(OggPage page, int offset)
    {
        if (!page.Continued && !page.Lacing.IsEmpty)
            marks.Add(new OggOpus.Mark(offset, counted));
        var pieces = page.Lacing;
        var body = page.Body;
        var before = counted;
        while (!pieces.IsEmpty)
        {
            if (!join.TryTake(ref pieces, ref body, out var ended, out var packet))
                return OggFault.Packet;
            if (!ended)
                break;
            var samples = OpusPacket.Samples(packet);
            if (samples == 0)
                return OggFault.Packet;
            counted += samples;
        }
        if (page.Last && join.Open)
            return OggFault.Packet;
        return Position(page, before) ? OggFault.None : OggFault.Granule;
    }

    bool Position(OggPage page, long before)
    {
        if (counted == before)
            return page.Granule == -1 || (page.Last && begin is { } known && page.Granule == known + counted);
        if (page.Granule < 0)
            return false;
        // A stream that ends on its first page may be cut short at its end, so it begins at 0.
        begin ??= page.Last && page.Granule <= counted ? 0 : page.Granule - counted;
        end = page.Granule;
        // Only the last page may claim less than it holds: the rest is padding of the last frame.
        return page.Last ? end <= begin + counted && end >= begin + before : begin >= 0 && end == begin + counted;
    }

    OggFault Finish(out OggOpus? sound)
    {
        sound = null;
        if (begin is not { } first || end - first <= head.PreSkip)
            return OggFault.Granule;
        var placed = new OggOpus.Mark[marks.Count];
        for (var i = 0; i < placed.Length; i++)
            placed[i] = marks[i] with { Granule = marks[i].Granule + first };
        sound = new OggOpus(file, head, placed, end);
        return OggFault.None;
    }
}
