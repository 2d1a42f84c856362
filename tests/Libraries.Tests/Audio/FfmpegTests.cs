namespace Loa.Audio;

public sealed class FfmpegTests : IDisposable
{
    readonly Workbench bench = new();

    [Theory]
    [InlineData("-i evil.wav")]
    [InlineData("a;b $(c) 'd'.wav")]
    [InlineData("http:x.wav")]
    [InlineData("Bản tin sáng.wav")]
    public async Task A_strange_file_name_is_only_a_name(string name)
    {
        Some.Save(Some.Tone(0.5), bench[name]);
        Assert.Equal(24_000, (await Ffmpeg.Decode(bench[name], default)).Samples.Length);
        await Ffmpeg.EncodeOpus(bench[name], bench[name + ".opus"], default);
        Assert.True(File.Exists(bench[name + ".opus"]));
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nsecret.wav\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile secret.wav\n")]
    public async Task An_upload_cannot_make_us_open_other_files(string playlist)
    {
        Some.Save(Some.Tone(0.5), bench["secret.wav"]);
        await File.WriteAllTextAsync(bench["upload.wav"], playlist);
        await Assert.ThrowsAsync<ToolException>(() => Ffmpeg.Decode(bench["upload.wav"], default));
    }

    [Theory]
    [InlineData("mp3")]
    [InlineData("m4a")]
    [InlineData("flac")]
    [InlineData("ogg")]
    [InlineData("webm")]
    public async Task What_people_bring_can_be_read(string kind)
    {
        var tone = Some.Tone(1);
        Some.Save(tone, bench["a.wav"]);
        await Ffmpeg.Run(["-i", bench["a.wav"], "-ac", "2", bench[$"b.{kind}"]], default);
        var read = await Ffmpeg.Decode(bench[$"b.{kind}"], default);
        Assert.True(Correlation.Best(tone, read, TimeSpan.FromMilliseconds(100)).Coefficient > 0.95);
    }

    [Fact]
    public async Task The_same_sound_makes_the_same_file_for_the_air()
    {
        Some.Save(Some.Noise(3), bench["a.wav"]);
        await Ffmpeg.EncodeOpus(bench["a.wav"], bench["1.opus"], default);
        File.Copy(bench["a.wav"], bench["other name.wav"]);
        await Ffmpeg.EncodeOpus(bench["other name.wav"], bench["2.opus"], default);
        Assert.Equal(await File.ReadAllBytesAsync(bench["1.opus"]), await File.ReadAllBytesAsync(bench["2.opus"]));
    }

    public void Dispose() => bench.Dispose();
}
