namespace Loa.Audio;

/// <summary>Puts Ogg Opus files one after the other with silence between them; nothing is decoded or encoded again.</summary>
public static class OpusJoin
{
    const int frame = 960;

    // 20 ms of digital silence, mono (RFC 6716: CELT, the silence flag set).
    static readonly byte[] silence = [0xF8, 0xFF, 0xFE];

    /// <param name="Pause">The silence after it; at least a frame of 20 ms, after the last one nothing.</param>
    public readonly record struct Part(OggOpus Sound, TimeSpan Pause);

    /// <exception cref="ArgumentException">They were not made by one encoder, all mono.</exception>
    public static void Join(IReadOnlyList<Part> parts, Stream into)
    {
        var head = parts[0].Sound.Head;
        if (parts.Any(part => part.Sound.Head != head) || head.Channels != 1)
            throw new ArgumentException("Only mono sounds of one encoder can be joined.", nameof(parts));
        var pages = new OggPages(into, head);
        var samples = 0L;
        foreach (var (sound, pause) in parts)
        {
            var packets = sound.Packets();
            while (packets.TryNext(out var packet, out _))
                pages.Add(packet);
            samples += sound.Samples + (long)(pause.TotalSeconds * OggOpus.SampleRateHz);
            // What the encoder put behind a sound, and lets run before the next, is part of the pause.
            while (pause > TimeSpan.Zero && pages.Samples + frame / 2 <= samples)
                pages.Add(silence);
        }
        pages.Finish(Math.Min(head.PreSkip + samples, pages.Samples));
    }
}
