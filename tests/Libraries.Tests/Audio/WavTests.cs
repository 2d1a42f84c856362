using System.Buffers.Binary;

namespace Loa.Audio;

public sealed class WavTests : IDisposable
{
    readonly Workbench bench = new();

    [Fact]
    public void What_was_written_is_read()
    {
        var sound = Some.Noise(1.5);
        Some.Save(sound, bench["a.wav"]);
        var read = Wav.Read(bench["a.wav"]);
        Assert.Equal(48_000, read.SampleRateHz);
        Assert.Equal(sound.Duration, read.Duration);
        Assert.All(sound.Samples.Zip(read.Samples), pair => Assert.Equal(pair.First, pair.Second, 1f / 32768));
    }

    [Fact]
    public async Task Ffmpeg_reads_what_was_written_and_the_reader_what_ffmpeg_wrote()
    {
        Some.Save(Some.Tone(1), bench["a.wav"]);
        var decoded = await Ffmpeg.Decode(bench["a.wav"], default);
        Assert.Equal(Wav.Read(bench["a.wav"]).Samples, decoded.Samples);
        string[] stereoFloat = ["-i", bench["a.wav"], "-ac", "2", "-c:a", "pcm_f32le", bench["b.wav"]];
        await Ffmpeg.Run(stereoFloat, default);
        var stereo = Wav.Read(bench["b.wav"]);
        Assert.Equal(decoded.Samples.Length, stereo.Samples.Length);
        Assert.True(Correlation.Best(decoded, stereo, TimeSpan.Zero).Coefficient > 0.9999);
    }

    [Fact]
    public async Task What_a_crash_left_can_be_played()
    {
        var memory = new MemoryStream();
        var writer = new WavWriter(memory, 48_000);
        writer.Write(Some.Tone(1).Samples);
        var crashed = memory.ToArray();
        Assert.Equal(48_000, Wav.Read(crashed).Samples.Length);
        await File.WriteAllBytesAsync(bench["crashed.wav"], crashed[..^1001]);
        var played = await Ffmpeg.Decode(bench["crashed.wav"], default);
        Assert.Equal(48_000 - 501, played.Samples.Length);
        Assert.Equal(48_000 - 501, Wav.Read(bench["crashed.wav"]).Samples.Length);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    [InlineData(0x7ffff000u)]
    [InlineData(96_002u)]
    public void A_length_that_cannot_be_means_to_the_end(uint length)
    {
        var memory = new MemoryStream();
        using (var writer = new WavWriter(memory, 48_000, leaveOpen: true))
            writer.Write(Some.Tone(1).Samples);
        var file = memory.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), length);
        Assert.Equal(48_000, Wav.Read(file).Samples.Length);
    }

    [Fact]
    public void A_chunk_before_the_sound_is_passed_over()
    {
        var memory = new MemoryStream();
        using (var writer = new WavWriter(memory, 8_000, leaveOpen: true))
            writer.Write([1, 2, 3]);
        var file = memory.ToArray();
        byte[] note = [.. "LIST"u8, 3, 0, 0, 0, 7, 7, 7, 0];
        Assert.Equal(3, Wav.Read([.. file[..36], .. note, .. file[36..]]).Samples.Length);
    }

    [Fact]
    public void Nonsense_is_refused_and_never_throws()
    {
        var memory = new MemoryStream();
        using (var writer = new WavWriter(memory, 8_000, leaveOpen: true))
            writer.Write(new short[50]);
        var good = memory.ToArray();
        var random = new Random(2026);
        for (var i = 0; i < 20_000; i++)
        {
            var file = good[..random.Next(good.Length + 1)];
            for (var flips = random.Next(4); flips >= 0 && file.Length > 0; flips--)
                file[random.Next(file.Length)] = (byte)random.Next(256);
            Wav.TryRead(file, out _);
        }
        Assert.False(Wav.TryRead("RIFF"u8, out _));
        Assert.Throws<InvalidDataException>(() => Wav.Read([]));
    }

    public void Dispose() => bench.Dispose();
}
