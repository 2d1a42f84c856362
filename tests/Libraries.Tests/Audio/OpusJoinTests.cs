namespace Loa.Audio;

public sealed class OpusJoinTests : IDisposable
{
    readonly Workbench bench = new();

    [Fact]
    public async Task What_is_joined_is_heard_as_the_parts_are_each_at_its_moment()
    {
        var pause = TimeSpan.FromMilliseconds(300);
        string[] texts = ["Kính thưa bà con nhân dân.", Some.Sentence, "Xin trân trọng cảm ơn!"];
        var parts = new List<byte[]>();
        foreach (var text in texts)
            parts.Add(await File.ReadAllBytesAsync((await Some.Bulletin(bench, text)).Air));

        var whole = Some.Play(Join(pause, parts));

        var at = TimeSpan.Zero;
        foreach (var part in parts.Select(Some.Play))
        {
            var here = whole.Samples.AsSpan((int)(at.TotalSeconds * 48_000)).ToArray();
            var match = Correlation.Best(part, new Sound(here, 48_000), TimeSpan.FromMilliseconds(100));
            Assert.InRange(match.Coefficient, 0.995, 1);
            Assert.InRange(match.Lag.TotalMilliseconds, -10, 10);
            var after = here.Skip(part.Samples.Length + 480).Take(12_000);
            Assert.True(after.All(sample => Math.Abs(sample) < 0.001f));
            at += part.Duration + pause;
        }
        Assert.Equal((at - pause).TotalSeconds, whole.Duration.TotalSeconds, 0.0001);
        Assert.Equal(Join(pause, parts), Join(pause, parts));
    }

    [Fact]
    public async Task What_another_program_reads_of_it_is_as_long()
    {
        var part = await File.ReadAllBytesAsync((await Some.Bulletin(bench, Some.Sentence)).Air);
        await File.WriteAllBytesAsync(bench["joined.opus"], Join(TimeSpan.FromSeconds(0.5), [part, part, part]));

        var heard = await Ffmpeg.Decode(bench["joined.opus"], default);

        var one = Some.Play(part).Duration.TotalSeconds;
        // To a frame: programs differ in what they hear of the last one.
        Assert.Equal(3 * one + 1, heard.Duration.TotalSeconds, 0.02);
    }

    [Fact]
    public async Task Sounds_of_two_kinds_are_not_joined()
    {
        var (_, air) = await Some.Bulletin(bench, Some.Sentence);
        var mono = await File.ReadAllBytesAsync(air);
        Some.Save(Some.Tone(1), bench["tone.wav"]);
        await Ffmpeg.Run(
            [.. Ffmpeg.Input(bench["tone.wav"]), "-ac", "2", "-c:a", "libopus", .. Ffmpeg.Output(bench["two.opus"])],
            default
        );
        Assert.Throws<ArgumentException>(() => Join(TimeSpan.Zero, [mono, File.ReadAllBytes(bench["two.opus"])]));
    }

    public void Dispose() => bench.Dispose();

    static byte[] Join(TimeSpan pause, IReadOnlyList<byte[]> files)
    {
        using var joined = new MemoryStream();
        OpusJoin.Join(
            [.. files.Select((file, n) => new OpusJoin.Part(Opened(file), n < files.Count - 1 ? pause : default))],
            joined
        );
        return joined.ToArray();
    }

    static OggOpus Opened(byte[] file)
    {
        Assert.Equal(OggFault.None, OggOpus.TryOpen(file, out var sound));
        return sound!;
    }
}
