namespace Loa.Audio;

public sealed class OpusTests
{
    [Fact]
    public void What_is_encoded_is_heard()
    {
        using var encoder = new OpusEncoder();
        using var decoder = new OpusDecoder();
        var tone = Some.Tone(1);
        var (heard, packet, pcm) = (new List<float>(), new byte[1500], new short[960]);
        for (var at = 0; at < tone.Samples.Length; at += 960)
        {
            for (var i = 0; i < 960; i++)
                pcm[i] = (short)(tone.Samples[at + i] * 32767);
            Assert.True(encoder.TryEncode(pcm, packet, out var length));
            Assert.InRange(length, 1, 200);
            Assert.True(decoder.TryDecode(packet.AsSpan(0, length), pcm, out var samples));
            Assert.Equal(960, samples);
            heard.AddRange(pcm.Select(sample => sample / 32768f));
        }
        var match = Correlation.Best(tone, new Sound([.. heard], 48_000), TimeSpan.FromMilliseconds(20));
        Assert.True(match.Coefficient > 0.95, $"{match}");
    }

    [Fact]
    public void What_is_no_packet_is_refused_and_a_lost_one_is_bridged()
    {
        using var decoder = new OpusDecoder();
        var pcm = new short[5760];
        Assert.False(decoder.TryDecode([], pcm, out _));
        Assert.False(decoder.TryDecode([3], pcm, out _));
        Assert.False(decoder.TryDecode([8, 1, 2, 3], pcm.AsSpan(0, 100), out var none));
        Assert.Equal(0, none);
        Assert.True(decoder.TryConceal(pcm.AsSpan(0, 960), out var bridged));
        Assert.Equal(960, bridged);
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        using var decoder = new OpusDecoder();
        var random = new Random(2026);
        var (packet, pcm) = (new byte[1500], new short[5760]);
        for (var i = 0; i < 20_000; i++)
        {
            var length = random.Next(packet.Length);
            random.NextBytes(packet.AsSpan(0, length));
            if (decoder.TryDecode(packet.AsSpan(0, length), pcm, out var samples))
                Assert.Equal(OpusPacket.Samples(packet.AsSpan(0, length)), samples);
        }
    }

    [Fact]
    public void A_rate_that_opus_does_not_know_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new OpusDecoder(44_100));
        Assert.Throws<ArgumentException>(() => new OpusEncoder(sampleRateHz: 44_100));
    }
}
