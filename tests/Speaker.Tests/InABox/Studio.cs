using Loa.Air;
using Loa.Audio;
using Loa.Jose;

namespace Loa.Speaker.InABox;

/// <summary>A station that is passed on: its stream, and its sound in signed groups.</summary>
sealed class Studio(DateTimeOffset start, Guid unit, SigningKey key, SigningKey? groups = null)
{
    const int Frame = OggOpus.SampleRateHz / 50;
    const int Together = 10;

    /// <summary>What libopus needs to begin: its first sample comes so much later.</summary>
    const int LookAhead = 312;

    public SoundStream Stream { get; } =
        new(
            Guid.CreateVersion7(),
            "Đài thử",
            (groups ?? key).Public.Jwk,
            AirClass.Ordinary,
            [unit],
            start,
            start.AddMinutes(-10),
            start.AddHours(1),
            "test"
        );

    public string Text => text ??= Stream.Sign(key);

    string? text;

    /// <summary>The sound from a moment on, in groups of a fifth of a second.</summary>
    public IReadOnlyList<byte[]> Send(Sound sound, DateTimeOffset at, bool isLast = false, SigningKey? by = null)
    {
        using var encoder = new OpusEncoder();
        var place = (long)((at - start).TotalSeconds * OggOpus.SampleRateHz) - LookAhead;
        var frames = sound.Samples.Length / Frame;
        var sent = new List<byte[]>();
        for (var first = 0; first < frames; first += Together)
        {
            var count = Math.Min(Together, frames - first);
            var (packets, lengths) = Encode(encoder, sound, first, count);
            var last = isLast && first + count == frames;
            sent.Add(SoundGroup.Write(Stream.Id, place + (first * Frame), packets, lengths, last, by ?? groups ?? key));
        }
        return sent;
    }

    static (byte[] Packets, int[] Lengths) Encode(OpusEncoder encoder, Sound sound, int first, int count)
    {
        var (packets, lengths) = (new List<byte>(), new int[count]);
        var packet = new byte[SoundGroup.LongestPacket];
        for (var i = 0; i < count; i++)
        {
            var samples = sound.Samples.AsSpan((first + i) * Frame, Frame).ToArray();
            short[] pcm = [.. samples.Select(sample => (short)Math.Round(sample * short.MaxValue))];
            Assert.True(encoder.TryEncode(pcm, packet, out lengths[i]));
            packets.AddRange(packet[..lengths[i]]);
        }
        return ([.. packets], lengths);
    }
}
