using System.Buffers.Binary;

namespace Loa.Audio;

public sealed class OggOpusTests : IClassFixture<OggOpusTests.Broadcast>
{
    readonly byte[] air;
    readonly byte[] brief;
    readonly Sound master;

    public OggOpusTests(Broadcast broadcast) =>
        (air, brief, master) = (broadcast.Air, broadcast.Brief, broadcast.Master);

    [Fact]
    public void The_file_for_the_air_is_as_long_as_its_master_to_the_sample()
    {
        Assert.Equal(OggFault.None, OggOpus.TryOpen(air, out var sound));
        Assert.Equal(master.Samples.Length, sound!.Samples);
        Assert.Equal(master.Duration, sound.Duration);
        Assert.Equal((1, 312), (sound.Channels, sound.PreSkip));
    }

    [Fact]
    public void One_flipped_bit_anywhere_is_noticed()
    {
        for (var at = 0; at < air.Length; at++)
        {
            var flipped = air.ToArray();
            flipped[at] ^= (byte)(1 << (at % 8));
            Assert.NotEqual(OggFault.None, OggOpus.TryOpen(flipped, out var sound));
            Assert.Null(sound);
        }
    }

    [Fact]
    public void A_file_cut_anywhere_is_noticed()
    {
        for (var length = 0; length < air.Length; length++)
            Assert.NotEqual(OggFault.None, OggOpus.TryOpen(air.AsMemory(0, length), out _));
    }

    [Fact]
    public void Missing_repeated_foreign_and_trailing_pages_are_noticed()
    {
        var pages = OggForge.Pages(air);
        Assert.True(pages.Count > 5);
        Assert.Equal(OggFault.Sequence, Open([.. pages[..3], .. pages[4..]]));
        Assert.Equal(OggFault.Sequence, Open([.. pages[..4], .. pages[3..]]));
        Assert.Equal(OggFault.Sequence, Open([.. pages, pages[^1]]));
        Assert.Equal(OggFault.Sequence, Open(pages[1..]));
        Assert.Equal(OggFault.Truncated, Open(pages[..^1]));
        Assert.Equal(OggFault.Sequence, Changed(3, page => page[14] ^= 1));
        Assert.Equal(OggFault.Sequence, Changed(3, page => page[5] |= 1));
        Assert.Equal(OggFault.Sequence, Changed(3, page => page[5] |= 2));
        Assert.Equal(OggFault.NotOgg, Changed(3, page => page[4] = 1));
        Assert.Equal(OggFault.NotOgg, OggOpus.TryOpen("RIFF and so on, which is no Ogg at all"u8.ToArray(), out _));
    }

    [Fact]
    public void Positions_that_do_not_agree_with_the_sound_are_noticed()
    {
        Assert.Equal(OggFault.Granule, Changed(3, page => page[6]++));
        Assert.Equal(OggFault.Granule, Changed(3, page => BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), -1)));
        Assert.Equal(OggFault.Granule, Changed(^1, page => BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), 0)));
        Assert.Equal(OggFault.Granule, Changed(^1, page => page[13] = 0x7F));
    }

    [Fact]
    public void Headers_of_another_kind_are_refused()
    {
        Assert.Equal(OggFault.Header, Changed(0, page => page[28 + 8] = 2));
        Assert.Equal(OggFault.Header, Changed(0, page => page[28 + 9] = 3));
        Assert.Equal(OggFault.Header, Changed(0, page => page[28 + 18] = 1));
        Assert.Equal(OggFault.Header, Changed(1, page => page[28] = (byte)'o'));
        Assert.Equal(OggFault.Header, Changed(1, page => page[28 + 11] = 0xFF));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(255)]
    public void Packets_that_run_over_the_ends_of_pages_are_put_together(int pieces)
    {
        using var encoder = new OpusEncoder(bitsPerSecond: 256_000);
        var loud = Repacked(encoder);
        Assert.Equal(Packets(loud), Packets(OggForge.Repaginate(loud, pieces)));
        Assert.Equal(Some.Play(loud).Samples, Some.Play(OggForge.Repaginate(loud, pieces)).Samples);
    }

    [Fact]
    public void Playing_from_the_middle_sounds_like_the_middle()
    {
        var whole = Some.Play(air);
        Assert.Equal(OggFault.None, OggOpus.TryOpen(air, out var sound));
        using var playback = new OpusPlayback(sound!);
        foreach (var from in new[] { 2.345, 0, 4.2, 0.01, 1 })
        {
            playback.Seek(TimeSpan.FromSeconds(from));
            var start = (int)(from * 48_000);
            Assert.Equal(start, playback.Position);
            var pcm = new short[24_000];
            var read = playback.Read(pcm);
            Assert.Equal(Math.Min(24_000, whole.Samples.Length - start), read);
            var expected = new Sound(whole.Samples[start..(start + read)], 48_000);
            var heard = new Sound([.. pcm[..read].Select(sample => sample / 32768f)], 48_000);
            Assert.True(Correlation.Best(expected, heard, TimeSpan.Zero).Coefficient > 0.99);
        }
        playback.Seek(TimeSpan.FromHours(1));
        Assert.Equal(0, playback.Read(new short[100]));
        playback.Seek(TimeSpan.FromSeconds(-1));
        Assert.Equal(0, playback.Position);
    }

    [Fact]
    public void Playing_makes_no_garbage()
    {
        OggOpus.TryOpen(air, out var sound);
        using var playback = new OpusPlayback(sound!);
        var pcm = new short[960];
        playback.Read(pcm);
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (playback.Read(pcm) > 0) { }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Twenty_thousand_damaged_files_neither_throw_nor_hang()
    {
        var random = new Random(2026);
        var small = OggForge.Repaginate(brief, 10);
        var (refused, played) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            // Every second one has right checksums, so that what lies behind them is tried too.
            var file = i % 2 == 0 ? Damaged(random, small) : Disguised(random, OggForge.Pages(small));
            if (OggOpus.TryOpen(file, out var sound) != OggFault.None)
            {
                refused++;
                continue;
            }
            played++;
            using var playback = new OpusPlayback(sound!);
            var pcm = new short[5000];
            while (playback.Read(pcm) > 0) { }
            playback.Seek(TimeSpan.FromSeconds(random.NextDouble()));
            playback.Read(pcm);
        }
        Assert.True(refused > 10_000, $"{refused}");
        Assert.True(played > 100, $"{played}");
    }

    static byte[] Damaged(Random random, byte[] good)
    {
        var file = good[..random.Next(good.Length + 1)];
        for (var flips = random.Next(5); flips > 0 && file.Length > 0; flips--)
            file[random.Next(file.Length)] = (byte)random.Next(256);
        return file;
    }

    static byte[] Disguised(Random random, List<byte[]> pages)
    {
        for (var flips = random.Next(1, 4); flips > 0; flips--)
        {
            var page = pages[random.Next(pages.Count)];
            var inHeader = random.Next(3) > 0;
            page[random.Next(inHeader ? Math.Min(60, page.Length) : page.Length)] = (byte)random.Next(256);
        }
        return OggForge.Seal(pages);
    }

    OggFault Changed(Index which, Action<byte[]> change)
    {
        var pages = OggForge.Pages(air);
        change(pages[which]);
        return OggOpus.TryOpen(OggForge.Seal(pages), out _);
    }

    static OggFault Open(IEnumerable<byte[]> pages) => OggOpus.TryOpen(OggForge.Join(pages), out _);

    // The master once more, in packets so large that a page of one piece cannot hold them.
    byte[] Repacked(OpusEncoder encoder)
    {
        var pages = OggForge.Pages(air)[..2];
        var (frame, packet) = (new short[960], new byte[4000]);
        for (var at = 0; at + frame.Length <= master.Samples.Length; at += frame.Length)
        {
            for (var i = 0; i < frame.Length; i++)
                frame[i] = (short)(master.Samples[at + i] * 32767);
            Assert.True(encoder.TryEncode(frame, packet, out var length));
            var page = new byte[27];
            "OggS"u8.CopyTo(page);
            page[5] = (byte)(at + 2 * frame.Length > master.Samples.Length ? 4 : 0);
            BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), at + frame.Length);
            BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(18), pages.Count);
            page[26] = (byte)(length / 255 + 1);
            byte[] lacing = [.. Enumerable.Repeat((byte)255, length / 255), (byte)(length % 255)];
            pages.Add([.. page, .. lacing, .. packet[..length]]);
        }
        return OggForge.Seal(pages);
    }

    static List<string> Packets(byte[] file)
    {
        Assert.Equal(OggFault.None, OggOpus.TryOpen(file, out var sound));
        var (packets, found) = (sound!.Packets(), new List<string>());
        while (packets.TryNext(out var packet, out var start))
            found.Add($"{start} {Convert.ToHexString(packet)}");
        return found;
    }

    /// <summary>Five seconds of speech on their way to the air, and half a second of them.</summary>
    public sealed class Broadcast : IAsyncLifetime
    {
        public byte[] Air { get; private set; } = [];
        public byte[] Brief { get; private set; } = [];
        public Sound Master { get; private set; } = new([], 48_000);

        public async ValueTask InitializeAsync()
        {
            using var bench = new Workbench();
            var (master, air) = await Some.Bulletin(bench, $"{Some.Sentence} {Some.Sentence}");
            (Master, Air) = (Wav.Read(master), await File.ReadAllBytesAsync(air));
            Some.Save(Master with { Samples = Master.Samples[..24_000] }, bench["brief.wav"]);
            await Ffmpeg.EncodeOpus(bench["brief.wav"], bench["brief.opus"], default);
            Brief = await File.ReadAllBytesAsync(bench["brief.opus"]);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
